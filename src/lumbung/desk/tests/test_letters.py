"""Letters that are missing stand on the desk of who sets them, once the office can sign."""

from datetime import timedelta

import pytest

from foundation import clock
from lumbung.desk.queries import tasks_of
from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.paperwork.tests import factories as make
from lumbung.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def people() -> Cast:
    orders.village()
    return cast()


def told(who: Person) -> list[tuple[int, str]]:
    return [(task.number, task.url) for task in tasks_of(who) if task.url.endswith("/surat/")]


def test_missing_letters_stand_on_the_officers_desk_until_they_are_set(people: Cast) -> None:
    line = make.line()
    make.delivered(make.held(line, 100), 50)
    make.held(line, 40)
    assert told(people.officer) == []
    make.signing(people.office)
    page = f"/pesanan/{line.order.code}/surat/"
    assert told(people.officer) == [(2, page), (1, page)]
    assert told(people.auditor) == []
    make.issued(line.order)
    assert told(people.officer) == []


def test_an_order_that_was_due_long_ago_waits_no_more(people: Cast) -> None:
    make.signing(people.office)
    line = make.line()
    make.held(line, 100)
    type(line.order).objects.update(due_on=clock.today() - timedelta(days=100))
    assert told(people.officer) == []
