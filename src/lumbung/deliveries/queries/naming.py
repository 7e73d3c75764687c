"""Who stands behind the key of somebody who did something, and what inspections are called."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lumbung.deliveries.models import Inspection
from lumbung.people.queries import names_of


def names_behind(keys: Iterable[str]) -> dict[str, str]:
    return names_of(keys)


def name_behind(key: str) -> str:
    """The full name of whoever did it; nothing where it was not a person."""
    return names_of([key]).get(key, "")


def inspections_called(keys: Iterable[str]) -> dict[str, str]:
    """`inspection:7` is called by its delivery and its number there."""
    numbers = {int(key.partition(":")[2]) for key in keys if key.partition(":")[2].isdecimal()}
    found = Inspection.objects.filter(pk__in=numbers).values_list("pk", "delivery__code", "number")
    words = _("%(delivery)s, inspection %(number)s")
    return {f"inspection:{pk}": words % {"delivery": code, "number": number} for pk, code, number in found}
