"""What the desk says of production: late shares, sheets that are not confirmed, standards to approve."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from foundation import clock
from lumbung.desk import queries
from lumbung.desk.rules import Task
from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.people.models import Person
from lumbung.production.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def people() -> Cast:
    orders.village()
    return cast()


def about(person: Person, words: str) -> list[Task]:
    return [task for task in queries.tasks_of(person) if words in task.words]


def test_late_shares_stand_among_the_late_things_with_what_will_be_missing(people: Cast) -> None:
    line = make.line(quantity=2_000)
    with clock.set_to(clock.now() - timedelta(days=20)):
        share = make.started(600, of=line, maker=orders.tailor(weekly=140))
    line.order.due_on = clock.today() + timedelta(days=8)
    line.order.save()
    (task,) = about(people.officer, "will be late")
    assert (task.number, task.words, task.is_late) == (1, "share will be late", True)
    assert "sheets are likely to be missing" in task.sentence
    assert task.url == f"/pesanan/{line.order.code}/{line.pk}/pembuatan/?keadaan=late"
    assert share.pk
    assert about(people.decider, "will be late") == []


def test_sheets_that_are_not_confirmed_are_counted_once_there_is_a_sheet(people: Cast) -> None:
    line = make.line()
    make.held(line)
    assert about(people.officer, "without a confirmed sheet") == []
    make.standard(line)
    (task,) = about(people.officer, "without a confirmed sheet")
    assert (task.number, task.is_late) == (1, False)


def test_a_draft_waits_for_everybody_of_the_office_but_its_writer(people: Cast) -> None:
    line = make.line()
    draft = make.draft(line)
    draft.written_by = people.officer.key
    draft.save()
    assert about(people.officer, "waits for approval") == []
    (task,) = about(people.decider, "waits for approval")
    assert (task.number, task.url) == (1, f"/pesanan/{line.order.code}/{line.pk}/standar/")
    assert about(people.auditor, "waits for approval") == []
