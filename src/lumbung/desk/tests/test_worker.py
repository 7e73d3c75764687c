"""The desk says when long work waits and nobody does it."""

from datetime import timedelta

import pytest
from django.utils import translation

from foundation import clock
from foundation.work import start, work
from foundation.work.progress import beat
from lumbung.desk import queries
from lumbung.organisations.tests.factories import cast

pytestmark = pytest.mark.django_db


@work("desk.test")
def nothing(progress: object) -> str:
    return "/"


def test_an_officer_hears_when_long_work_waits_and_no_worker_runs() -> None:
    people = cast()
    started = start("desk.test", by=people.officer.key, about="Membagi masker kain")
    assert queries.tasks_of(people.officer) == []
    with clock.set_to(clock.now() + timedelta(minutes=1)), translation.override("en"):
        (task,) = queries.tasks_of(people.officer)
        assert (task.number, task.words, task.url, task.is_late) == (
            1,
            "long work is not being done",
            f"/pekerjaan/{started.pk}/",
            True,
        )
        assert queries.tasks_of(people.decider) == []
        beat()
        assert queries.tasks_of(people.officer) == []
