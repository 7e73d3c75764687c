"""What lies where, and what became of the material that was handed out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from foundation import clock
from foundation.paging import Page, page_of
from lumbung.lots.choices import LotState
from lumbung.lots.models import Holding, Lot, LotMaker, MaterialKind
from lumbung.lots.queries.kinds import norms_of_all, rates_on
from lumbung.lots.queries.subjects import Subject, holders_in_words, subjects_in_words
from lumbung.lots.rules.balance import Reconciled, reconcile
from lumbung.makers.models import GoodsKind
from lumbung.makers.rules import search_words

ROWS = 50


@dataclass(frozen=True)
class Stock:
    """One thing, and how much of it lies where."""

    what: MaterialKind | GoodsKind
    in_stores: int
    with_makers: int
    elsewhere: int
    lost: int
    lots: int
    """How many lots of it lie in stores, where it is kept apart by lot."""

    @property
    def there(self) -> int:
        return self.in_stores + self.with_makers + self.elsewhere


def stock(holdings: QuerySet[Holding]) -> list[Stock]:
    """Everything of which something is left or was ever lost, in three queries."""
    of_store, of_maker = Q(holder__startswith="store:"), Q(maker__isnull=False)
    sums = (
        holdings.order_by()
        .values("material", "goods")
        .annotate(
            in_stores=Sum("quantity", filter=of_store, default=0),
            with_makers=Sum("quantity", filter=of_maker, default=0),
            elsewhere=Sum("quantity", filter=~of_store & ~of_maker, default=0),
            gone=Sum("lost", default=0),
        )
    )
    rows = list(sums)
    materials = MaterialKind.objects.in_bulk([row["material"] for row in rows if row["material"]])
    goods = GoodsKind.objects.in_bulk([row["goods"] for row in rows if row["goods"]])
    there = holdings.filter(of_store, quantity__gt=0, lot__isnull=False).order_by()
    apart: dict[tuple[int | None, str | None], set[int]] = defaultdict(set)
    for material, kind, lot in there.values_list("material", "goods", "lot"):
        apart[material, kind].add(lot or 0)
    found = [
        Stock(
            materials[row["material"]] if row["material"] else goods[row["goods"]],
            row["in_stores"],
            row["with_makers"],
            row["elsewhere"],
            row["gone"],
            len(apart[row["material"], row["goods"]]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (isinstance(one.what, GoodsKind), one.what.name))


def stock_at(holder: str) -> QuerySet[Holding]:
    """What a holder has now: each thing, and each lot of it, once."""
    found = Holding.objects.filter(holder=holder, quantity__gt=0)
    return found.select_related("material", "goods", "lot").order_by(
        "material__name", "goods__name", "lot__code"
    )


def holdings_of(
    holder: str, *, material: MaterialKind | None = None, lot: Lot | None = None, subject: str = ""
) -> Holding | None:
    """One account of a holder, as it stands."""
    found = Holding.objects.filter(holder=holder, material=material, lot=lot, subject=subject)
    return found.select_related("material", "goods", "lot", "maker__party").first()


# Reconciliation


@dataclass(frozen=True)
class Account:
    """What became of a material that a maker was handed for a subject."""

    holding: Holding
    subject: Subject
    sums: Reconciled
    pieces: int = 0

    @property
    def is_within(self) -> bool:
        return not self.holding.excess_bp


def of_makers(holdings: QuerySet[Holding]) -> QuerySet[Holding]:
    """Accounts of material in makers' hands."""
    return holdings.filter(maker__isnull=False, material__isnull=False)


def reconciliation(subject_keys: Collection[str]) -> list[Account]:
    """Every maker's account of material for these subjects; a bounded number of queries."""
    rows = Holding.objects.filter(subject__in=list(subject_keys), material__isnull=False, maker__isnull=False)
    found = rows.select_related("material", "lot", "maker__party", "maker__village__district__regency")
    return accounts_of(found.order_by("-excess_bp", "pk"))


def material_of_makers(makers: Collection[int], *, most: int | None = None) -> list[Account]:
    """The accounts of material of some makers, the newest first."""
    rows = Holding.objects.filter(maker__in=list(makers), material__isnull=False)
    return accounts_of(rows.select_related("material", "lot", "maker__party").order_by("-pk")[:most])


@dataclass(frozen=True)
class WantedAccounts:
    """What somebody looks for among accounts; empty means all."""

    text: str = ""
    material: str = ""
    only: str = ""


def accounts_found(holdings: QuerySet[Holding], wanted: WantedAccounts) -> QuerySet[Holding]:
    found = of_makers(holdings)
    if wanted.material.isdecimal():
        found = found.filter(material=int(wanted.material))
    if wanted.only == "outside":
        found = found.filter(excess_bp__gt=0)
    if wanted.only == "open":
        found = found.filter(quantity__gt=0)
    for word in search_words(wanted.text):
        found = found.filter(maker__search_text__contains=word)
    return found


def subjects_of_maker(maker: int) -> list[str]:
    """For what a maker was handed material, the newest first."""
    found = Holding.objects.filter(maker=maker).exclude(subject="").order_by("-pk")
    return list(dict.fromkeys(found.values_list("subject", flat=True)))


def account_page(holdings: QuerySet[Holding], *, after: str = "", before: str = "") -> Page[Holding]:
    """Those outside the stated loss first."""
    return page_of(of_makers(holdings), by=("-excess_bp", "pk"), after=after, before=before, size=ROWS)


def accounts_in_slices(holdings: QuerySet[Holding]) -> Iterator[Account]:
    rows = iter(of_makers(holdings).order_by("-excess_bp", "pk").iterator(chunk_size=1000))
    while part := list(islice(rows, 1000)):
        yield from accounts_of(part)


def accounts_of(holdings: Iterable[Holding]) -> list[Account]:
    """Accounts with words and sums, in five queries whatever their number."""
    rows = list(holdings)
    words = subjects_in_words(row.subject for row in rows)
    rates = rates_on({row.material_id for row in rows if row.material_id}, clock.today())
    made = _made_by(rows)
    norms = _norms(rows, made, clock.today())
    return [_account(row, words, rates, made, norms) for row in rows]


Made = dict[tuple[int, str], dict[str, int]]
"""Maker and subject → pieces by kind of goods."""


def _made_by(rows: Sequence[Holding]) -> Made:
    subjects = {row.subject for row in rows if row.subject}
    found: Made = defaultdict(dict)
    if not subjects:
        return found
    made = LotMaker.objects.filter(lot__subject__in=subjects, lot__goods__isnull=False)
    made = made.exclude(lot__state=LotState.VOIDED)
    sums = made.order_by().values_list("maker", "lot__subject", "lot__goods").annotate(Sum("quantity"))
    for maker, subject, goods, quantity in sums:
        found[maker, subject][f"goods:{goods}"] = quantity
    return found


def _norms(rows: Sequence[Holding], made: Made, on: date) -> dict[int, dict[str, int]]:
    products = {product for kinds in made.values() for product in kinds}
    materials = {row.material_id for row in rows if row.material_id}
    return norms_of_all(materials, products, on) if products else {}


def _account(
    row: Holding,
    words: dict[str, Subject],
    rates: dict[int, int],
    made: Made,
    norms: dict[int, dict[str, int]],
) -> Account:
    material = row.material_id or 0
    pieces = made.get((row.maker_id or 0, row.subject), {})
    known = norms.get(material, {})
    wanted = [-(-count * known[product] // 1000) for product, count in pieces.items() if product in known]
    sums = reconcile(
        handed_out=row.taken - row.passed_on,
        used=row.used,
        returned=row.returned,
        lost=row.lost,
        rate_bp=rates.get(material, 0),
        wanted=sum(wanted) if wanted else None,
    )
    return Account(row, words.get(row.subject, Subject("", "")), sums, sum(pieces.values()))


@dataclass(frozen=True)
class Total:
    """All makers' accounts of a material together."""

    material: MaterialKind
    sums: Reconciled
    makers: int
    outside: int
    """How many accounts lost more than is stated."""


def totals(holdings: QuerySet[Holding]) -> list[Total]:
    """For each material handed out = used + returned + lost + open, over all makers; three queries."""
    sums = (
        of_makers(holdings)
        .order_by()
        .values("material")
        .annotate(
            handed_out=Sum(F("taken") - F("passed_on")),
            used=Sum("used"),
            returned=Sum("returned"),
            lost=Sum("lost"),
            makers=Count("maker", distinct=True),
            outside=Count("pk", filter=Q(excess_bp__gt=0)),
        )
    )
    rows = {row["material"]: row for row in sums}
    rates = rates_on(rows, clock.today())
    found = MaterialKind.objects.filter(pk__in=rows).order_by("name")
    return [_total(material, rows[material.pk], rates.get(material.pk, 0)) for material in found]


def _total(material: MaterialKind, row: Mapping[str, Any], rate_bp: int) -> Total:
    sums = {name: row[name] for name in ("handed_out", "used", "returned", "lost")}
    return Total(material, reconcile(**sums, rate_bp=rate_bp), row["makers"], row["outside"])


@dataclass(frozen=True)
class Lying:
    """A part of a lot, and who has it."""

    holder: str
    words: str
    quantity: int


def where_is(lots: Collection[int]) -> list[Lying]:
    """Who has how much of these lots now, the most first; two queries."""
    sums = Holding.objects.filter(lot__in=list(lots), quantity__gt=0).order_by()
    rows = list(sums.values_list("holder").annotate(quantity=Sum("quantity")))
    words = holders_in_words(holder for holder, _quantity in rows)
    found = [Lying(holder, words[holder], quantity) for holder, quantity in rows]
    return sorted(found, key=lambda one: (-one.quantity, one.holder))
