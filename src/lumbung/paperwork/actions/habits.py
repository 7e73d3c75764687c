"""Whether letters of a kind come about by themselves."""

from django.db import transaction

from foundation import clock
from lumbung.letters.choices import LetterKind
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork import queries
from lumbung.paperwork.choices import HABIT_SET, ComesAbout
from lumbung.paperwork.models import Habit
from lumbung.records.actions import leave_record


def set_habit(
    *, office: Party, kind: LetterKind, way: ComesAbout, by: str, order: Order | None = None, site: str = ""
) -> Habit | None:
    """From now on; what is the habit already is not written again, and gives the row that says so, if any."""
    with transaction.atomic():
        office = Party.objects.select_for_update().get(pk=office.pk)
        standing = queries.habits_of(office, order).get(kind)
        before = standing.way if standing else (ComesAbout.USUAL if order else ComesAbout.BY_HAND)
        if before == way:
            return standing
        row = Habit.objects.create(
            office=office,
            order=order,
            kind=kind,
            way=way,
            site=site[:200],
            set_at=clock.now(),
            set_by=by,
        )
        content = {"office": office.key, "kind": str(kind), "way": str(way)}
        leave_record(subject=order.key if order else office.key, deed=HABIT_SET, by=by, content=content)
    return row
