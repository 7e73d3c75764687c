"""What this room hears: a line got its price."""

from lumbung.deliveries.actions.owing import raise_what_is_owed
from lumbung.money.choices import PRICE_SET
from lumbung.records.actions import hear
from lumbung.records.models import Record


@hear(PRICE_SET, name="deliveries.owe")
def owe_for_what_was_accepted(record: Record) -> None:
    """Pieces that were accepted before the price was set are owed now; told twice, nothing more is."""
    kind, _colon, number = record.subject.partition(":")
    if kind == "line" and number.isdecimal():
        raise_what_is_owed(line_id=int(number), by=record.actor)
