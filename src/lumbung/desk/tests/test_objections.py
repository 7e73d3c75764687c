"""Objections on the desk of who answers them."""

from datetime import timedelta

import pytest

from foundation import clock
from lumbung.desk.queries import tasks_of
from lumbung.objections.models import Objection
from lumbung.objections.tests.objecting import filed, line_decided_by
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    make.village()
    return cast()


def test_late_objections_stand_on_the_desk_of_who_answers(people: Cast) -> None:
    objection = filed(line_decided_by(people.officer.key, "person:802").order)

    def told(who: Person) -> list[tuple[int, bool]]:
        return [(task.number, task.is_late) for task in tasks_of(who) if "keberatan" in task.url]

    assert told(people.officer) == []
    assert told(people.decider) == [(1, False)]
    Objection.objects.filter(pk=objection.pk).update(due_on=clock.today() - timedelta(days=1))
    for who in (people.officer, people.decider):
        assert told(who) == [(1, True)]
    assert told(people.auditor) == []
