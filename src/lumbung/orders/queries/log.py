"""What happened to an order, in words and with names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lumbung.makers.models import Maker
from lumbung.orders.models import Order
from lumbung.orders.rules.telling import sentence_of
from lumbung.people.queries import names_of
from lumbung.records.actions import read_content
from lumbung.records.models import Record
from lumbung.records.queries import records_about

MOST = 12


@dataclass(frozen=True)
class Happened:
    """One deed as a line of the log."""

    at: datetime
    sentence: str
    actor: str


def log_of(order: Order, *, most: int = MOST) -> list[Happened]:
    """The newest records about an order; a bounded number of queries."""
    records = list(records_about(order.key)[:most])
    contents = [read_content(record) for record in records]
    makers = _maker_names([content["maker"] for content in contents if "maker" in content])
    people = names_of(record.actor for record in records)
    return [
        Happened(
            record.at,
            sentence_of(record.deed, content, makers.get(content.get("maker", ""), "")),
            _actor(record, people),
        )
        for record, content in zip(records, contents, strict=True)
    ]


def _actor(record: Record, people: dict[str, str]) -> str:
    return people.get(record.actor, "")


def _maker_names(keys: Sequence[str]) -> dict[str, str]:
    """maker:12 → the name and the village."""
    numbers = {key: int(key.removeprefix("maker:")) for key in keys}
    if not numbers:
        return {}
    makers = Maker.objects.select_related("party", "village").in_bulk(set(numbers.values()))
    return {
        key: f"{makers[number].party.name}, {makers[number].village.name}"
        for key, number in numbers.items()
        if number in makers
    }
