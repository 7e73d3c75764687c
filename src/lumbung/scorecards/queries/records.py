"""Track records, computed from shares and the moves of their pieces whenever somebody reads them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from foundation import clock
from foundation.paging import Page, page_of
from lumbung.deliveries.models import Delivery, Move
from lumbung.makers.models import GoodsKind, Maker
from lumbung.makers.rules import search_words
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Share
from lumbung.scorecards.models import Remark, Shown
from lumbung.scorecards.rules import (
    Facts,
    Flow,
    ShareFacts,
    TrackRecord,
    records_from,
    seen_until,
    yield_from,
)

ROWS = 25
SLICE = 200


@dataclass(frozen=True)
class RecordRow:
    """A record with the names of maker and goods."""

    maker: Maker
    kind: GoodsKind
    record: TrackRecord


def last_shown(makers: Collection[int]) -> dict[int, datetime]:
    """Maker → when the own record was read last."""
    rows = Shown.objects.filter(maker__in=makers).order_by().values_list("maker")
    return dict(rows.annotate(last=Max("shown_at")))


def _until(makers: Collection[int]) -> dict[int, datetime]:
    shown, now = last_shown(makers), clock.now()
    days = settings.RECORD_SEEN_DAYS
    return {maker: seen_until(shown.get(maker), now=now, days=days) for maker in makers}


def _facts(makers: Collection[int], until: Mapping[int, datetime], kind: str = "") -> Facts:
    """Shares and moves of these makers, in two queries."""
    of_kind = Q(line__kind=kind) if kind else Q()
    shares = Share.objects.filter(
        of_kind, maker__in=makers, state__in=CONFIRMED_STATES, line__order__cancelled_at__isnull=True
    )
    told = shares.order_by("pk").values_list(
        "pk", "maker", "line__kind", "confirmed_quantity", "released_quantity", "line__order__due_on"
    )
    held = [
        ShareFacts(pk, maker, of, confirmed - released, due)
        for pk, maker, of, confirmed, released, due in told
        if confirmed > released
    ]
    moves = Move.objects.filter(delivery__share__in=shares.order_by().values("pk"))
    flows = moves.order_by("pk").values_list(
        "delivery__share", "delivery__delivered_on", "from_place", "to_place", "quantity", "made_at"
    )
    return Facts(held, [Flow(*row) for row in flows], until)


def records_of_makers(
    makers: Collection[int], *, until: Mapping[int, datetime]
) -> dict[tuple[int, str], TrackRecord]:
    return records_from(_facts(makers, until), today=clock.today())


def own_records_of(maker: Maker) -> list[RecordRow]:
    """All that counts now, as the maker reads it first."""
    return _rows([maker], records_of_makers([maker.pk], until={}))


def office_records_of(makers: Collection[Maker]) -> list[RecordRow]:
    """The same as far as the maker has read it, or as it is a week old."""
    numbers = [maker.pk for maker in makers]
    return _rows(makers, records_of_makers(numbers, until=_until(numbers)))


def _rows(makers: Collection[Maker], found: Mapping[tuple[int, str], TrackRecord]) -> list[RecordRow]:
    kinds = GoodsKind.objects.in_bulk({kind for _maker, kind in found}) if found else {}
    by_maker: dict[int, list[RecordRow]] = defaultdict(list)
    named = {maker.pk: maker for maker in makers}
    for (maker, kind), record in sorted(found.items()):
        by_maker[maker].append(RecordRow(named[maker], kinds[kind], record))
    return [row for maker in makers for row in by_maker[maker.pk]]


def yield_bp(maker: Maker, kind: GoodsKind) -> int:
    """Of ten thousand pieces so many are taken to pass at the first inspection; see `rules.yield_from`.

    What the office may read counts, so that nothing is decided from numbers that the maker has not seen.
    """
    facts = _facts([maker.pk], _until([maker.pk]), kind=kind.pk)
    return yield_from(records_from(facts, today=clock.today()).get((maker.pk, kind.pk)))


# The list


@dataclass(frozen=True)
class Wanted:
    """Whose records somebody looks for."""

    text: str = ""
    kind: str = ""
    newest: bool = False


def makers_with_records(makers: QuerySet[Maker], wanted: Wanted) -> QuerySet[Maker]:
    """Makers of whose pieces some were handed over."""
    brought = Delivery.objects.filter(share__maker=OuterRef("pk"))
    if wanted.kind:
        brought = brought.filter(share__line__kind=wanted.kind)
    found = makers.filter(Exists(brought))
    for word in search_words(wanted.text):
        found = found.filter(search_text__contains=word)
    return found


def record_page(makers: QuerySet[Maker], wanted: Wanted, *, after: str, before: str) -> Page[Maker]:
    by = ("-pk",) if wanted.newest else ("pk",)
    return page_of(makers_with_records(makers, wanted), by=by, after=after, before=before, size=ROWS)


def rows_of(makers: Collection[Maker], wanted: Wanted) -> list[RecordRow]:
    return [row for row in office_records_of(makers) if wanted.kind in ("", row.kind.pk)]


def exported(makers: QuerySet[Maker], wanted: Wanted) -> Iterator[RecordRow]:
    """All rows of the list, some makers at a time."""
    numbers = list(makers_with_records(makers, wanted).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), SLICE):
        some = numbers[start : start + SLICE]
        found = makers.in_bulk(some)
        yield from rows_of([found[pk] for pk in some if pk in found], wanted)


# One maker


def shares_of_record(row: RecordRow) -> list[dict[str, Any]]:
    """The shares behind a record's numbers, the newest first."""
    shares = Share.objects.filter(pk__in=row.record.shares).select_related("line__order", "line__kind")
    return [{"share": share, "order": share.line.order} for share in shares.order_by("-pk")[:ROWS]]


def remarks_of(maker: Maker) -> QuerySet[Remark]:
    return maker.remarks.select_related("kind").order_by("-pk")


def open_remarks() -> QuerySet[Remark]:
    """Remarks that nobody has answered, the oldest first."""
    return (
        Remark.objects.filter(answered_at__isnull=True).select_related("maker__party", "kind").order_by("pk")
    )


def has_open_remark(maker: Maker, kind: str, about: str) -> bool:
    return Remark.objects.filter(maker=maker, kind=kind, about=about, answered_at__isnull=True).exists()


def locked_remark(pk: int) -> Remark:
    return Remark.objects.select_for_update(of=("self",)).select_related("maker", "kind").get(pk=pk)


def showings_of(maker: Maker) -> QuerySet[Shown]:
    return maker.records_shown.order_by("-pk")
