"""Long work: queued with the commit, run once, told in words, found again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from foundation import clock
from foundation.models import Work, WorkState
from foundation.tests.works import known_works
from foundation.work import retry, start, take_up_lost, waiting_too_long, work, worker_is_alive
from foundation.work.progress import Progress, beat, said_of
from foundation.work.registry import _functions
from foundation.work.running import forget_old, run_work

pytestmark = pytest.mark.django_db
DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def works():
    """Works that only these tests know."""
    with known_works():

        @work("test.stop")
        def stopped(progress):
            raise SystemExit(1)

        yield


@pytest.fixture
def now_committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def begin(name="test.count", **arguments):
    if name == "test.count":
        arguments = {"to": 3} | arguments
    return start(name, by="person:1", about="Menghitung sampai tiga", back="/pesanan/", **arguments)


def test_a_work_runs_after_the_commit_and_says_where_it_leads(now_committed):
    with now_committed():
        started = begin()
        assert started.state == WorkState.WAITING
    started.refresh_from_db()
    assert (started.state, started.address) == (WorkState.DONE, "/hitung/person:1/3/")
    assert started.ended_at >= started.begun_at >= started.asked_at


def test_the_same_work_started_twice_is_one_while_it_is_open(now_committed):
    with now_committed():
        first = begin()
        assert begin() == first
        assert begin(to=4) != first
    assert begin() != first


def test_the_database_holds_that_too():
    first = begin()
    Work.objects.filter(pk=first.pk).update(fingerprint="a")
    second = begin()
    with pytest.raises(IntegrityError, match=r"fingerprint|work_once"), transaction.atomic():
        Work.objects.filter(pk=second.pk).update(fingerprint="a")


def test_a_refusal_ends_it_with_its_sentence(now_committed):
    with now_committed():
        started = begin("test.refuse")
    started.refresh_from_db()
    assert (started.state, started.sentence) == (WorkState.REFUSED, "Pesanan ini sudah dibatalkan.")


def test_a_fault_is_logged_and_the_work_may_be_tried_again(now_committed, caplog):
    with now_committed():
        started = begin("test.break")
    started.refresh_from_db()
    assert started.state == WorkState.FAILED
    assert "ZeroDivisionError" in caplog.text
    _functions["test.break"] = lambda progress: "/selesai/"
    with now_committed():
        retry(started)
    started.refresh_from_db()
    assert (started.state, started.address) == (WorkState.DONE, "/selesai/")


def test_only_what_broke_off_is_tried_again(now_committed):
    with now_committed():
        started = begin("test.refuse")
    started.refresh_from_db()
    assert retry(started).state == WorkState.REFUSED


def test_an_unknown_name_is_told_at_the_start():
    with pytest.raises(LookupError, match="import the module"):
        start("test.unknown", by="person:1", about="?")


def test_two_functions_cannot_have_one_name():
    with pytest.raises(ValueError, match=r"test\.count"):
        work("test.count")(lambda progress: "/")


# Found again


def running(**fields):
    started = begin()
    Work.objects.filter(pk=started.pk).update(state="running", begun_at=clock.now(), attempts=1, **fields)
    return Work.objects.get(pk=started.pk)


def test_a_silent_work_is_queued_again_and_a_living_one_is_not(now_committed):
    started = running()
    assert take_up_lost() == 0
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        beat(f"beat:{started.pk}")
        assert take_up_lost() == 0
    with now_committed(), clock.set_to(clock.now() + timedelta(minutes=3)):
        assert take_up_lost() == 1
    started.refresh_from_db()
    assert (started.state, started.attempts) == (WorkState.DONE, 2)


def test_the_work_of_a_worker_that_was_seen_dying_is_queued_at_once():
    started = running(worker="here:7")
    assert take_up_lost(worker="here:8") == 0
    assert take_up_lost(worker="here:7") == 1
    started.refresh_from_db()
    assert started.state == WorkState.WAITING


def test_a_work_over_which_three_workers_died_is_given_up(caplog):
    started = running(worker="here:7")
    Work.objects.filter(pk=started.pk).update(attempts=3)
    take_up_lost(worker="here:7")
    started.refresh_from_db()
    assert started.state == WorkState.FAILED
    assert "3 workers died" in caplog.text


def test_a_worker_told_to_stop_puts_its_work_back(now_committed):
    started = begin("test.stop")
    with pytest.raises(SystemExit):
        run_work.call(started.pk)
    started.refresh_from_db()
    assert (started.state, started.worker) == (WorkState.WAITING, "")


def test_who_was_taken_for_dead_ends_nothing():
    started = begin()

    def slow(progress, *, to):
        Work.objects.filter(pk=started.pk).update(attempts=2, worker="other:1")
        return "/too-late/"

    _functions["test.count"] = slow
    run_work.call(started.pk)
    started.refresh_from_db()
    assert (started.state, started.address) == (WorkState.RUNNING, "")


def test_an_old_entry_of_the_queue_does_nothing(now_committed):
    with now_committed():
        started = begin()
    _functions["test.count"] = lambda progress, to: "/again/"
    run_work.call(started.pk)
    started.refresh_from_db()
    assert started.address == "/hitung/person:1/3/"


def test_the_queue_in_the_database_is_written_with_the_work_and_found_again_when_lost(settings):
    settings.TASKS = DATABASE_QUEUE
    started = begin()
    assert [str(key) for key in DBTaskResult.objects.values_list("pk", flat=True)] == [
        Work.objects.get(pk=started.pk).task
    ]
    with clock.set_to(clock.now() + timedelta(minutes=5)):
        assert take_up_lost() == 0
        DBTaskResult.objects.all().delete()
        assert take_up_lost() == 1
    assert DBTaskResult.objects.count() == 1


def test_old_works_are_forgotten(now_committed):
    with now_committed():
        begin()
    still = begin(to=5)
    with clock.set_to(clock.now() + timedelta(days=91)):
        forget_old()
    assert list(Work.objects.all()) == [still]


# Told


def test_progress_is_told_from_a_file_and_not_for_every_row():
    started = begin()
    progress = Progress(started)
    progress.say(1, 1000, "Menulis baris")
    progress.say(2, 1000, "Menulis baris")
    assert (said_of(started).done, said_of(started).words) == (1, "Menulis baris")
    progress.say(1000, 1000, "Menulis baris")
    assert said_of(started).done == 1000


def test_a_worker_lives_while_it_gives_signs_of_life():
    assert not worker_is_alive()
    beat()
    assert worker_is_alive()
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        assert not worker_is_alive()


def test_waiting_too_long_is_what_nobody_has_begun():
    started = begin()
    assert list(waiting_too_long()) == []
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        assert list(waiting_too_long()) == [started]
