"""Complaints for tests, brought about by the room's own deeds."""

from itertools import count
from typing import Any

from lumbung.complaints import actions
from lumbung.complaints.actions import About
from lumbung.complaints.models import Complaint
from lumbung.deliveries.tests import factories as brought

_numbers = count(1)
OFFICER, HEAD = "person:70001", "person:70002"


def complaint(
    quantity: int = 156, *, about: About | None = None, by: str = OFFICER, **fields: Any
) -> Complaint:
    """A buyer says that bottles of a delivery smell."""
    given = {
        "words": "Minyaknya berbau tengik.",
        "full_name": "Pembeli Contoh",
        "phone": f"0812000{next(_numbers):05d}",
        "source": "buyer",
    }
    about = about or About(delivery=brought.delivery(quantity))
    return actions.receive_complaint(about=about, quantity=quantity, by=by, **given | fields)
