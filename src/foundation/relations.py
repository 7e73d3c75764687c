"""What points at rows, whichever room it lies in: asked before a row is taken out."""

from collections.abc import Collection, Iterator

from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel

ASKED_AT_ONCE = 900


def hanging_on(
    model: type[Model], numbers: Collection[int], *, but: Collection[type[Model]] = ()
) -> dict[int, str]:
    """The rows among `numbers` that rows of other tables point at, each with the name of one such table.

    A room sees in this way that something of a room above hangs on its row, without knowing that room.
    """
    found: dict[int, str] = {}
    for relation in _pointing_at(model):
        other = relation.related_model
        if other in but or not isinstance(other, type):
            continue
        name = relation.field.name
        for part in in_parts(numbers):
            rows = other._default_manager.filter(**{f"{name}__in": part}).order_by()
            for number in rows.values_list(name, flat=True).distinct():
                found.setdefault(number, str(other._meta.verbose_name))
    return found


def _pointing_at(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """Also those without a name on this side; a list of many is seen through its table in between."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            yield relation


def in_parts(numbers: Collection[int], size: int = ASKED_AT_ONCE) -> Iterator[list[int]]:
    """Numbers in lists that one statement can take."""
    every = sorted(numbers)
    return (every[start : start + size] for start in range(0, len(every), size))
