from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.records import rules

AT = datetime(2026, 6, 12, 1, 2, 3, 4, tzinfo=UTC)
RECORD = {
    "subject": "order:1",
    "position": 1,
    "deed": "orders.order_created",
    "actor": "person:1",
    "at": AT,
    "content": "{}",
    "previous": "",
}

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values))
def test_the_order_of_what_is_said_does_not_matter(content):
    assert rules.canonical(content) == rules.canonical(dict(reversed(content.items())))


@pytest.mark.parametrize("content", [{"a": 0.5}, {"a": [1, 0.5]}, {"a": {"b": (0.5,)}}])
def test_a_floating_number_is_refused_at_any_depth(content):
    with pytest.raises(TypeError):
        rules.canonical(content)


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "order:2"},
        {"position": 2},
        {"deed": "orders.order_changed"},
        {"actor": "person:2"},
        {"at": AT + timedelta(microseconds=1)},
        {"content": '{"a":1}'},
        {"previous": "0"},
    ],
)
def test_every_field_is_part_of_the_hash(other):
    assert rules.record_hash(**RECORD | other) != rules.record_hash(**RECORD)


def test_the_same_moment_in_another_zone_is_the_same_record():
    wita = AT.astimezone(timezone(timedelta(hours=8)))
    assert rules.record_hash(**RECORD | {"at": wita}) == rules.record_hash(**RECORD)


def test_fields_cannot_run_into_each_other():
    one = rules.record_hash(**RECORD | {"deed": "a", "actor": "bc"})
    assert one != rules.record_hash(**RECORD | {"deed": "ab", "actor": "c"})


def test_a_digest_tells_nothing_without_its_salt():
    assert rules.salted_digest("a", "+6281234567890") != rules.salted_digest("b", "+6281234567890")
    assert "81234567890" not in rules.salted_digest("a", "+6281234567890")


def test_a_seal_counts_its_chains_and_hangs_on_the_seal_before():
    heads = [("order:1", 2, "aa"), ("order:2", 1, "bb")]
    count, hash_ = rules.seal_hash(heads, "")
    assert count == 2
    assert hash_ != rules.seal_hash(heads, "x")[1]
    assert hash_ != rules.seal_hash(heads[:1], "")[1]
