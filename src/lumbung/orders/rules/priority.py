"""When a village may be put on the list of priority villages, and taken off it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from lumbung.orders.models import PriorityVillage


def why_not_add(*, basis: str, already: bool) -> str | None:
    if not basis.strip():
        return _("Write the basis: which decree or data says so. Everybody reads it.")
    if already:
        return _("This village is on the list already.")
    return None


def why_not_end(listed: PriorityVillage, *, today: date) -> str | None:
    if listed.ends_on is not None and listed.ends_on < today:
        return _("This village is off the list already.")
    return None
