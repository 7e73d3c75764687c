"""Lots: by code, by subject, by maker, and as a list."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from foundation.paging import Page, page_of
from lumbung.lots.models import Lot, LotMaker, Recall
from lumbung.lots.rules import codes
from lumbung.makers.models import Household

ROWS = 50


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among lots; empty means all."""

    state: str = ""
    what: str = ""
    text: str = ""


def last_code(year: int) -> str:
    """The last code given in a year; ask while the table is held."""
    codes_ = Lot.objects.filter(code__startswith=f"{year % 100:02d}").order_by("-code")
    return codes_.values_list("code", flat=True).first() or ""


def last_recall(prefix: str) -> str:
    found = Recall.objects.filter(code__startswith=prefix).order_by("-code")
    return found.values_list("code", flat=True).first() or ""


def lot_by_code(written: str) -> Lot | None:
    """The lot behind a code as it was typed."""
    found = Lot.objects.select_related("material", "goods", "recall")
    return found.filter(code=codes.bare(written)).first()


def found_among(lots: QuerySet[Lot], wanted: Wanted) -> QuerySet[Lot]:
    if wanted.state:
        lots = lots.filter(state=wanted.state)
    kind, _colon, number = wanted.what.partition(":")
    if kind == "goods":
        lots = lots.filter(goods=number)
    if kind == "material" and number.isdecimal():
        lots = lots.filter(material=int(number))
    digits = codes.bare(wanted.text)
    return lots.filter(code__contains=digits) if digits else lots


def lot_page(lots: QuerySet[Lot], *, after: str, before: str) -> Page[Lot]:
    return page_of(with_makers(lots), by=("-pk",), after=after, before=before, size=ROWS)


def with_makers(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    """With who made them, read beside."""
    made = LotMaker.objects.select_related(
        "maker__party", "maker__village__district__regency", "household__person"
    )
    return lots.select_related("material", "goods", "recall").prefetch_related(
        Prefetch("made_by", made.order_by("-quantity", "pk"))
    )


def lots_of(subject: str | Collection[str]) -> QuerySet[Lot]:
    """The lots made for a subject, or for several, the newest first."""
    subjects = [subject] if isinstance(subject, str) else list(subject)
    return with_makers(Lot.objects.filter(subject__in=subjects)).order_by("-pk")


def lots_of_makers(makers: Collection[int]) -> QuerySet[Lot]:
    """The lots that makers had a hand in, the newest first."""
    made = LotMaker.objects.filter(maker__in=list(makers)).values("lot")
    return with_makers(Lot.objects.filter(pk__in=made)).order_by("-pk")


def houses_for_lots(maker: int) -> QuerySet[Household]:
    """The houses of a group that may have made something."""
    return Household.objects.filter(maker=maker, left_on__isnull=True).select_related("person").order_by("pk")


def names_of(keys: Collection[str]) -> dict[str, str]:
    """`lot:7` is called by its code and its kind."""
    numbers = {key: int(key[4:]) for key in keys if key[4:].isdecimal()}
    lots = Lot.objects.select_related("material", "goods").in_bulk(list(numbers.values()))
    return {key: f"{lots[pk].shown}, {_words(lots[pk])}" for key, pk in numbers.items() if pk in lots}


def _words(lot: Lot) -> str:
    return lot.goods.words if lot.goods else str(lot.material)


def names_of_recalls(keys: Collection[str]) -> dict[str, str]:
    numbers = {key: int(key[7:]) for key in keys if key[7:].isdecimal()}
    codes_ = dict(Recall.objects.filter(pk__in=numbers.values()).values_list("pk", "code"))
    return {key: codes_[pk] for key, pk in numbers.items() if pk in codes_}


def recalls() -> QuerySet[Recall]:
    return Recall.objects.order_by("-pk")


def recall_page(*, after: str, before: str) -> Page[Recall]:
    return page_of(recalls(), by=("-pk",), after=after, before=before, size=ROWS)
