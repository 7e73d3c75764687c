"""Whoever changes the database by hand is found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from lumbung.records import actions, queries, rules
from lumbung.records.models import Chain, Record, Seal
from lumbung.records.queries import Checked
from lumbung.records.tests.factories import chain, record

pytestmark = pytest.mark.django_db


def found():
    return {fault.subject for fault in queries.faults()}


def rehash(subject):
    """What a forger with the program does: hash the whole chain again, and its head too."""
    previous = ""
    for row in Record.objects.filter(subject=subject).order_by("position"):
        fields = {
            name: getattr(row, name) for name in ("subject", "position", "deed", "actor", "at", "content")
        }
        row.previous_hash, row.hash = previous, rules.record_hash(**fields, previous=previous)
        row.save()
        previous = row.hash
    length = Record.objects.filter(subject=subject).count()
    Chain.objects.filter(subject=subject).update(length=length, hash=previous)


@pytest.fixture
def records():
    record("order:2")
    return chain(5)


def test_what_nobody_touched_is_in_order(records):
    actions.seal_all(by="command:seal-records")
    record("order:2")
    assert list(queries.faults()) == []


@pytest.mark.parametrize("field", ["deed", "actor", "content", "hash", "previous_hash"])
def test_a_changed_row_is_found(records, field):
    Record.objects.filter(pk=records[2].pk).update(**{field: '{"number":7}'})
    assert found() == {"order:1"}


def test_a_changed_moment_is_found(records):
    Record.objects.filter(pk=records[2].pk).update(at=records[0].at)
    assert found() == {"order:1"}


@pytest.mark.parametrize("place", [0, 2, 4], ids=["first", "middle", "last"])
def test_a_removed_row_is_found(records, place):
    Record.objects.filter(pk=records[place].pk).delete()
    assert found() == {"order:1"}


def test_a_removed_chain_is_found(records):
    Record.objects.filter(subject="order:1").delete()
    assert found() == {"order:1"}


def test_an_inserted_row_is_found_at_the_end_and_in_the_middle(records):
    last = records[-1]
    forged = {
        "subject": "order:1",
        "deed": "orders.order_changed",
        "actor": "person:9",
        "at": last.at,
        "content": "{}",
    }
    hash_ = rules.record_hash(**forged, position=6, previous=last.hash)
    Record.objects.create(**forged, position=6, previous_hash=last.hash, hash=hash_)
    assert found() == {"order:1"}
    Record.objects.filter(position=6).delete()
    for row in reversed(records[2:]):
        Record.objects.filter(pk=row.pk).update(position=row.position + 1)
    hash_ = rules.record_hash(**forged, position=3, previous=records[1].hash)
    Record.objects.create(**forged, position=3, previous_hash=records[1].hash, hash=hash_)
    assert found() == {"order:1"}


def test_a_swapped_pair_is_found(records):
    first, second = records[1], records[2]
    Record.objects.filter(pk=first.pk).update(position=99)
    Record.objects.filter(pk=second.pk).update(position=first.position)
    Record.objects.filter(pk=first.pk).update(position=second.position)
    assert found() == {"order:1"}


@pytest.mark.parametrize("change", [{"hash": "0" * 64}, {"length": 4}, {"length": 6}])
def test_a_changed_head_is_found(records, change):
    Chain.objects.filter(subject="order:1").update(**change)
    assert found() == {"order:1"}


def test_a_removed_head_is_found(records):
    Chain.objects.filter(subject="order:1").delete()
    assert found() == {"order:1"}


def test_a_chain_hashed_again_from_end_to_end_is_found_by_the_seal_alone(records):
    actions.seal_all(by="command:seal-records")
    Record.objects.filter(pk=records[2].pk).update(content='{"number":7}')
    rehash("order:1")
    assert found() == {"seal"}


def test_a_whole_chain_taken_out_with_its_head_is_found_by_the_seal(records):
    actions.seal_all(by="command:seal-records")
    Record.objects.filter(subject="order:1").delete()
    Chain.objects.filter(subject="order:1").delete()
    assert found() == {"seal"}


def test_later_seals_stand_on_earlier_ones(records):
    first = actions.seal_all(by="command:seal-records")
    record("order:3")
    actions.seal_all(by="command:seal-records")
    assert found() == set()
    Seal.objects.filter(pk=first.pk).delete()
    assert found() == {"seal"}


def test_a_day_without_deeds_needs_no_seal(records):
    assert actions.seal_all(by="command:seal-records") is not None
    assert actions.seal_all(by="command:seal-records") is None


def test_a_chain_that_grows_during_the_check_is_not_accused(records):
    walk = queries.checking._chains()
    heads_read_before = Chain.objects.get(subject="order:1").length
    real = queries.checking._links

    def links_after_a_deed(**wanted):
        if not wanted:
            record("order:1")
        return real(**wanted)

    queries.checking._links = links_after_a_deed
    try:
        assert not [fault for fault in walk if not isinstance(fault, int)]
    finally:
        queries.checking._links = real
    assert Chain.objects.get(subject="order:1").length == heads_read_before + 1


def test_the_check_tells_how_far_it_is(records, monkeypatch):
    monkeypatch.setattr(queries.checking, "STEP", 2)
    actions.seal_all(by="command:seal-records")
    steps = [step for step in queries.check() if isinstance(step, Checked)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert (steps[-1].done, steps[-1].total) == (12, 12)
    assert len(steps) > 3


def test_the_commands_say_what_they_found(records):
    out, err = StringIO(), StringIO()
    call_command("seal_records", lang="en", stdout=out)
    call_command("seal_records", lang="en", stdout=out)
    call_command("check_records", lang="en", stdout=out)
    assert "2 chains" in out.getvalue()
    assert "6 records, 1 seals: all in order." in out.getvalue()
    Record.objects.filter(pk=records[2].pk).delete()
    with pytest.raises(SystemExit) as ended:
        call_command("check_records", lang="en", stderr=err)
    assert ended.value.code == 1
    assert "order:1: " in err.getvalue()


def test_a_record_is_left_within_its_deed_or_not_at_all(records):
    count = Record.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.leave_record(subject="order:1", deed="a", by="person:1", content={})
        raise ZeroDivisionError
    assert Record.objects.count() == count
    assert found() == set()
    assert str(records[0]) == "order:1 1 orders.order_created"
    assert str(Chain.objects.get(subject="order:1")) == "order:1"


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        actions.leave_record(subject="order:1", deed="a", by="person:1", content={})
