"""Rows that a deed reads under its lock, and sums."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Length

from lumbung.deliveries.choices import Pieces
from lumbung.deliveries.models import Delivery, Inspection, Move
from lumbung.orders.models import Share


def share_for_delivery(share_id: int) -> Share:
    """A share with all that a delivery needs; ask within the lock of its line."""
    return Share.objects.select_related("line__order", "maker__party", "collection_point").get(pk=share_id)


def delivered_of(share_id: int) -> int:
    """How many pieces of a share were handed over, corrections counted in."""
    delivered: int = Delivery.objects.filter(share=share_id).aggregate(
        found=Sum("delivered_quantity", default=0)
    )["found"]
    return delivered


def delivered_of_shares(shares: QuerySet[Share]) -> int:
    found = Delivery.objects.filter(share__in=shares.order_by().values("pk"))
    delivered: int = found.aggregate(found=Sum("delivered_quantity", default=0))["found"]
    return delivered


def locked_delivery(delivery_id: int) -> Delivery:
    """The delivery's row, held until the transaction ends: nobody else moves its pieces meanwhile."""
    found = Delivery.objects.select_for_update(of=("self",))
    return found.select_related("share__line__order__buyer", "share__maker__party").get(pk=delivery_id)


def first_move(delivery: Delivery) -> Move:
    """How the pieces came in."""
    return delivery.moves.filter(from_place=Pieces.MAKER, corrects__isnull=True).order_by("pk")[0]


def corrected_of(move: Move) -> int:
    """How many of a move's pieces went back already."""
    corrected: int = move.corrections.aggregate(found=Sum("quantity", default=0))["found"]
    return corrected


def last_code(prefix: str) -> str | None:
    codes = Delivery.objects.filter(code__startswith=prefix).order_by(Length("code").desc(), "-code")
    return codes.values_list("code", flat=True).first()


def shares_for_receiving() -> QuerySet[Share]:
    """Any share, with all that the page at the collection point shows."""
    return Share.objects.select_related(
        "line__order", "line__kind", "maker__party", "maker__owner", "maker__village", "collection_point"
    )


def inspections_of(deliveries: Sequence[Delivery]) -> QuerySet[Inspection]:
    """The inspections that were done, with what was found, oldest first."""
    done = Inspection.objects.filter(delivery__in=deliveries, closed_at__isnull=False).exclude(verdict="")
    return done.prefetch_related("findings").order_by("pk")


def moves_of(delivery: Delivery, place: str = "") -> QuerySet[Move]:
    """The entries of a delivery, or those from and to one place, oldest first."""
    moves = delivery.moves.select_related("inspection").order_by("pk")
    return moves.filter(Q(from_place=place) | Q(to_place=place)) if place else moves
