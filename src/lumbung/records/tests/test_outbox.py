"""What happened is heard at least once, and a deaf receiver undoes nothing."""

from io import StringIO

import pytest
from django.core.management import call_command

from lumbung.records import actions, queries
from lumbung.records.models import Pending, Record
from lumbung.records.tests.factories import record

pytestmark = pytest.mark.django_db(transaction=True)
DEED = "tests.rang"


@pytest.fixture
def heard():
    """Two receivers: one hears, one fails until it is healed."""
    told = {"good": [], "bad": [], "healed": False}

    @actions.hear(DEED, name="tests.good")
    def good(found):
        told["good"].append(found.pk)

    @actions.hear(DEED, name="tests.bad")
    def bad(found):
        if not told["healed"]:
            raise ValueError("the bell is broken")
        told["bad"].append(found.pk)

    yield told
    actions._receivers.pop(DEED)


def test_receivers_hear_right_after_the_commit(heard):
    rang = record(deed=DEED)
    assert heard["good"] == [rang.pk]


def test_a_failing_receiver_undoes_neither_the_deed_nor_the_others(heard, caplog):
    rang = record(deed=DEED)
    assert Record.objects.filter(pk=rang.pk).exists()
    failed = queries.failed_deliveries().get()
    assert (failed.receiver, failed.attempts) == ("tests.bad", 1)
    assert failed.failure == "ValueError: the bell is broken"
    assert str(failed) == f"tests.bad {rang.pk}"
    assert "tests.bad" in caplog.text


def test_what_failed_is_tried_again_until_it_is_heard_once(heard, caplog):
    rang = record(deed=DEED)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("deliver", lang="en", stdout=out)
    heard["healed"] = True
    call_command("deliver", lang="en", stdout=out)
    call_command("deliver", lang="en", stdout=out)
    assert heard["bad"] == [rang.pk]
    assert heard["good"] == [rang.pk]
    assert list(queries.open_deliveries()) == []
    assert out.getvalue().splitlines() == [
        "0 delivered, 1 failed.",
        "1 delivered, 0 failed.",
        "0 delivered, 0 failed.",
    ]
    assert Pending.objects.get(receiver="tests.bad").attempts == 3


def test_a_receiver_that_is_gone_is_a_failure_to_look_at(heard):
    record(deed=DEED)
    actions._receivers[DEED].pop("tests.bad")
    assert actions.deliver_open() == (0, 1)
    assert "tests.bad" in queries.failed_deliveries().get().failure


def test_a_process_that_dies_before_delivering_leaves_the_work_to_the_next(heard, monkeypatch):
    monkeypatch.setattr(actions.transaction, "on_commit", lambda call: None)
    rang = record(deed=DEED)
    assert heard["good"] == []
    monkeypatch.undo()
    heard["healed"] = True
    assert actions.deliver_open() == (2, 0)
    assert (heard["good"], heard["bad"]) == ([rang.pk], [rang.pk])
