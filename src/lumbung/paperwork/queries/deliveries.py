"""Delivery and inspection records: one for each delivery, one for each inspection that was ended with counts."""

from collections.abc import Sequence

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from foundation import formats
from lumbung.deliveries.choices import PASSED, Pieces
from lumbung.deliveries.models import Delivery, Finding, Inspection, Move
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.orders.models import Order
from lumbung.orders.rules.wording import unit_of
from lumbung.organisations.models import Party
from lumbung.paperwork.queries.shares import WITH_ALL as SHARE_WITH_ALL
from lumbung.paperwork.queries.sources import Rows, Shown, Source, Write, by_key, subject
from lumbung.paperwork.rules import told_amount
from lumbung.paperwork.rules.contents import Moved, delivery_record, inspection_record
from lumbung.people.queries import names_of

POINT = "collection_point__village__district__regency"
WITH_ALL = (*(f"share__{name}" for name in SHARE_WITH_ALL), POINT)


# Deliveries


def _deliveries_of(orders: Sequence[Order]) -> Rows:
    return Delivery.objects.filter(share__line__order__in=orders)


def _deliveries_told(rows: Rows) -> Rows:
    found: Rows = rows.annotate(letter_subject=subject("delivery:", "code"), now=F("delivered_quantity"))
    return found


def _delivery_writer(rows: Sequence[Delivery], office: Party) -> Write:
    names = names_of({row.received_by for row in rows})
    letters = _order_letters({row.share.key for row in rows})
    return lambda row: delivery_record(
        row,
        office=office,
        receiver=names.get(row.received_by, ""),
        order_letter=letters.get(row.share.key, ""),
    )


def _order_letters(subjects: set[str]) -> dict[str, str]:
    """Share → the number of its order letter in force."""
    standing = Letter.objects.filter(subject__in=subjects, kind=LetterKind.ORDER, voided_at__isnull=True)
    return dict(standing.values_list("subject", "number"))


def _delivery_shown(row: Delivery) -> Shown:
    pieces = told_amount(row.delivered_quantity, unit_of(row.share.line))
    return Shown(str(row.share.maker), f"{row.code}, {formats.day(row.delivered_on)}, {pieces}")


DELIVERIES = Source(
    kind=LetterKind.DELIVERY,
    of_orders=_deliveries_of,
    told=_deliveries_told,
    facts={("lines", "0", "quantity"): "now"},
    whole=lambda rows: rows.select_related(*WITH_ALL),
    writer=_delivery_writer,
    shown=_delivery_shown,
    order_pk="share__line__order",
    search="share__maker__party__name",
)


# Inspections


def _inspections_of(orders: Sequence[Order]) -> Rows:
    ended = Inspection.objects.filter(closed_at__isnull=False).exclude(verdict="")
    return ended.filter(delivery__share__line__order__in=orders)


def _inspections_told(rows: Rows) -> Rows:
    found: Rows = rows.annotate(
        letter_subject=subject("inspection:", "pk"),
        now=F("looked_quantity"),
        passed_now=_moved(*PASSED),
        rejected_now=_moved(Pieces.REJECTED),
    )
    return found


def _moved(*places: Pieces) -> Coalesce:
    """Pieces that an inspection brought to these places, less those that a correction took away again."""
    moves = Move.objects.filter(inspection=OuterRef("pk")).order_by().values("inspection")
    came = Sum(Case(When(to_place__in=places, then=F("quantity")), default=0))
    left = Sum(Case(When(from_place__in=places, then=F("quantity")), default=0))
    net = moves.annotate(net=came - left).values("net")
    return Coalesce(Subquery(net, output_field=IntegerField()), Value(0))


def _inspection_writer(rows: Sequence[Inspection], office: Party) -> Write:
    names = names_of({row.closed_by for row in rows})
    found = Finding.objects.filter(inspection__in=rows).order_by("pk")
    findings = by_key(found, "inspection_id")
    moved = _moved_by(Move.objects.filter(inspection__in=rows))
    return lambda row: inspection_record(
        row,
        moved.get(row.pk, Moved()),
        findings.get(row.pk, []),
        inspector=names.get(row.closed_by, ""),
        office=office,
    )


def _moved_by(moves: QuerySet[Move]) -> dict[int, Moved]:
    """Inspection → where its pieces are."""
    sums: dict[int, dict[str, int]] = {}
    for inspection, came_from, led_to, quantity in moves.values_list(
        "inspection_id", "from_place", "to_place", "quantity"
    ):
        places = sums.setdefault(inspection or 0, {})
        places[led_to] = places.get(led_to, 0) + quantity
        places[came_from] = places.get(came_from, 0) - quantity
    return {
        inspection: Moved(
            places.get(Pieces.ACCEPTED, 0),
            places.get(Pieces.BY_SAMPLE, 0),
            places.get(Pieces.REWORK, 0),
            places.get(Pieces.REJECTED, 0),
        )
        for inspection, places in sums.items()
    }


def _inspection_shown(row: Inspection) -> Shown:
    pieces = told_amount(row.looked_quantity, unit_of(row.delivery.share.line))
    day = formats.day(row.closed_at or row.opened_at)
    return Shown(str(row.delivery.share.maker), f"{row.delivery.code}/{row.number}, {day}, {pieces}")


INSPECTIONS = Source(
    kind=LetterKind.INSPECTION,
    of_orders=_inspections_of,
    told=_inspections_told,
    facts={("rows", "0", "accepted"): "passed_now", ("rows", "0", "rejected"): "rejected_now"},
    whole=lambda rows: rows.select_related(*(f"delivery__{name}" for name in WITH_ALL)),
    writer=_inspection_writer,
    shown=_inspection_shown,
    order_pk="delivery__share__line__order",
    search="delivery__share__maker__party__name",
)
