"""What happened to an order, in words and with names."""

from dataclasses import dataclass
from datetime import datetime

from lumbung.orders.models import Order
from lumbung.orders.rules.telling import sentence_of
from lumbung.records.queries import Told, records_about, told

MOST = 12


@dataclass(frozen=True)
class Happened:
    """One deed as a line of the log."""

    at: datetime
    sentence: str
    actor: str


def log_of(order: Order, *, most: int = MOST) -> list[Happened]:
    """The newest records about an order, those that rooms above have left too; a bounded number of queries."""
    return [_happened(row) for row in told(records_about(order.key)[:most])]


def _happened(row: Told) -> Happened:
    maker = row.content.get("maker", "")
    own = sentence_of(row.record.deed, row.content, row.name(maker) if maker else "")
    return Happened(row.record.at, own or row.sentence, row.names.get(row.record.actor, ""))
