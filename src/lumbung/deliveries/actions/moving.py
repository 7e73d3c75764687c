"""The one place where pieces go from one place to another: an entry, and the counters that follow it."""

from collections.abc import Iterable

from foundation import clock
from lumbung.deliveries.actions.owing import owe
from lumbung.deliveries.choices import COUNTERS, Pieces
from lumbung.deliveries.models import Delivery, Inspection, Move
from lumbung.deliveries.rules import Step


def move(
    delivery: Delivery,
    steps: Iterable[Step],
    *,
    by: str,
    inspection: Inspection | None = None,
    corrects: Move | None = None,
    reason: str = "",
    entry_key: str = "",
) -> list[Move]:
    """Write the moves of a delivery whose row is locked. No counter falls below nothing: the table refuses it."""
    made = []
    for step in steps:
        _count(delivery, step)
        made.append(
            Move.objects.create(
                delivery=delivery,
                inspection=inspection,
                corrects=corrects,
                from_place=step.from_place,
                to_place=step.to_place,
                quantity=step.quantity,
                reason=reason,
                made_at=clock.now(),
                made_by=by,
                entry_key=entry_key,
            )
        )
        entry_key = ""  # one entry of a deed is enough to know it again
    owe(delivery, made, by=by)
    delivery.save(update_fields=[*COUNTERS.values(), "unpriced_quantity"])
    return made


def _count(delivery: Delivery, step: Step) -> None:
    """What leaves the maker is delivered; everything else changes places only."""
    _add(delivery, step.from_place, step.quantity if step.from_place == Pieces.MAKER else -step.quantity)
    _add(delivery, step.to_place, -step.quantity if step.to_place == Pieces.MAKER else step.quantity)


def _add(delivery: Delivery, place: Pieces, quantity: int) -> None:
    counter = COUNTERS[place]
    setattr(delivery, counter, getattr(delivery, counter) + quantity)
