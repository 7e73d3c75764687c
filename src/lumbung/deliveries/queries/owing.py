"""What a maker gets for a piece, and which accepted pieces nobody owes anything for yet."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from foundation import clock
from lumbung.deliveries.choices import PASSED
from lumbung.deliveries.models import Delivery, Move
from lumbung.money.choices import DueKind, Receiver
from lumbung.money.models import Due
from lumbung.money.queries import priced_at
from lumbung.orders.choices import PriceMode
from lumbung.orders.models import Share


def maker_price_of(share: Share, moment: datetime) -> int:
    """Rupiah for one piece by the price sheet in force then, or by the first one after; 0 where there is none.

    Where each maker has an own price, it is that one, at most the sheet's part for the maker.
    """
    line = f"line:{share.line_id}"
    sheet = priced_at(line, moment) or priced_at(line, clock.now())
    if sheet is None:
        return 0
    part = next(row.rupiah for row in sheet.rows.all() if row.receiver == Receiver.MAKER)
    return min(part, share.price_rupiah) if share.line.order.price_mode == PriceMode.OWN else part


def due_of(move: Move) -> Due | None:
    """What was raised for a move."""
    return Due.objects.filter(kind=DueKind.EARNED, cause=move.key).first()


def moves_without_due(delivery: Delivery) -> QuerySet[Move]:
    """Entries of accepted pieces for which nothing is owed yet."""
    cause = Concat(Value("move:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    raised = Due.objects.filter(kind=DueKind.EARNED, cause=cause)
    accepted = delivery.moves.filter(~Exists(raised), to_place__in=PASSED, corrects__isnull=True)
    return accepted.order_by("pk")


def last_correction(move: Move) -> Move:
    return move.corrections.order_by("-pk")[0]


def unpriced_of_line(line_id: int) -> list[int]:
    """Deliveries of a line with accepted pieces that have no price."""
    found = Delivery.objects.filter(share__line=line_id, unpriced_quantity__gt=0)
    return list(found.order_by("pk").values_list("pk", flat=True))
