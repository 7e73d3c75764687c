"""Records for the tests of all rooms."""

from typing import Any

from django.db import transaction

from lumbung.records.actions import leave_record
from lumbung.records.models import Record


def record(
    subject: str = "order:1", deed: str = "orders.order_created", by: str = "person:1", **content: Any
) -> Record:
    with transaction.atomic():
        return leave_record(subject=subject, deed=deed, by=by, content=content)


def chain(length: int = 5, subject: str = "order:1") -> list[Record]:
    return [record(subject, number=number) for number in range(length)]
