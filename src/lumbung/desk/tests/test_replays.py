"""Replays: the same order once more, measured; what is kept is what a fresh run gives, and the measure can fail."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from lumbung.desk.management.replay import keeping, measuring
from lumbung.desk.management.replay.attempts import Outcome, Way
from lumbung.desk.management.replay.course import Course
from lumbung.desk.management.replay.result import run
from lumbung.desk.management.replay.scenario import names, read_scenario
from lumbung.desk.management.replay.throwaway import throwaway_database
from lumbung.orders.models import Order, Share, SplitRow
from lumbung.orders.tests import factories as make

Result = dict[str, Any]
EACH = pytest.mark.parametrize("name", names())
PROMISED = {
    "ordered", "eligible", "confirmed", "declined", "expired", "resplits", "moved", "attempted_over_share",
    "accepted_over_share", "largest_share", "gini", "unexplained", "seconds", "facts", "assumptions",
    "produced_then", "unsold_then", "timeline",
}  # fmt: skip


@pytest.fixture(scope="module")
def once() -> None:
    """A replay brings its own database, so that it needs to run beside one kind of database only."""
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("runs beside SQLite")


@pytest.fixture(scope="module")
def fresh(once: None, django_db_blocker: Any) -> Callable[[str], Result]:
    """Each replay runs whole once for all tests of this file."""
    found: dict[str, Result] = {}

    def result_of(name: str) -> Result:
        if name not in found:
            with django_db_blocker.unblock():
                found[name] = run(read_scenario(name))
        return found[name]

    return result_of


@pytest.fixture
def small(once: None, django_db_blocker: Any) -> Any:
    """The uniforms in a fifth of their size."""
    with django_db_blocker.unblock():
        yield partial(run, read_scenario("uniforms-2017"), scale=20)


def without_seconds(result: Result) -> Result:
    return {name: value for name, value in result.items() if name != "seconds"}


@EACH
def test_what_is_kept_is_what_a_fresh_run_gives(name: str, fresh: Callable[[str], Result]) -> None:
    kept = keeping.kept(name)
    assert kept
    assert without_seconds(fresh(name)) == without_seconds(kept), "run: lumbung replay all --keep"


@EACH
def test_the_confirmed_shares_are_exactly_the_order(name: str, fresh: Callable[[str], Result]) -> None:
    result = fresh(name)
    assert result.keys() >= PROMISED
    assert result["confirmed"] == result["ordered"] == read_scenario(name).value("ordered")
    assert sum(amount for amount, _houses in result["shares"]) == result["ordered"]
    assert result["remaining"] == 0
    assert max(-(-amount // houses) for amount, houses in result["shares"]) == result["largest_share"]


@EACH
def test_makers_go_on_and_nothing_is_let_through(name: str, fresh: Callable[[str], Result]) -> None:
    result = fresh(name)
    assert result["attempted_over_share"] > result["ordered"] // 10
    assert result["tried"].keys() == set(Way)
    assert result["accepted_over_share"] == 0
    assert result["refused_by"] == {"by_rule": result["attempts"]}


@EACH
def test_what_comes_back_moves_on_and_what_is_confirmed_never_does(
    name: str, fresh: Callable[[str], Result]
) -> None:
    result = fresh(name)
    assert min(result[what] for what in ("declined", "expired", "partly", "gave_back", "resplits")) > 0
    assert result["moved"] == 0


@EACH
def test_everybody_has_a_reason_and_everything_can_be_computed_again(
    name: str, fresh: Callable[[str], Result]
) -> None:
    result = fresh(name)
    assert result["eligible"] + result["refused"] == result["makers"]
    assert result["refused"] > 0
    assert result["unexplained"] == 0
    assert result["recomputed"] is True
    assert result["record_faults"] == 0


def test_the_masks_beside_what_the_papers_said(fresh: Callable[[str], Result]) -> None:
    result = fresh("masks-2020")
    assert (result["ordered"], result["produced_then"], result["unsold_then"]) == (
        1_000_000,
        1_430_000,
        430_000,
    )
    assert 400_000 < result["attempted_over_share"] < 460_000


def test_a_date_that_cannot_be_kept_is_refused_on_the_first_day(fresh: Callable[[str], Result]) -> None:
    result = fresh("ketak-2021")
    assert 0 < result["first_deliverable"] < result["ordered"]
    assert [event["what"] for event in result["events"][:3]] == ["published", "impossible", "published"]


def test_another_seed_gives_another_course(small: Callable[..., Result]) -> None:
    first, other = small(seed=7, scale=10), small(seed=8, scale=10)
    assert first["timeline"] != other["timeline"]
    assert first["accepted_over_share"] == other["accepted_over_share"] == 0


# The measure can fail


def test_without_the_rule_of_the_term_pieces_are_let_through(
    small: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbung.orders.rules.answer.why_not_answer", lambda share, at: None)
    result = small()
    assert result["accepted_over_share"] > 0
    assert result["refused_by"][Outcome.THROUGH] > 0


def test_without_the_rule_of_the_share_the_database_still_refuses(
    small: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbung.orders.rules.answer.why_not_partly", lambda share, quantity: None)
    result = small()
    assert result["refused_by"][Outcome.BY_DATABASE] > 0
    assert result["accepted_over_share"] == 0


def test_a_moved_share_and_a_missing_reason_are_seen(once: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), throwaway_database():
        course = Course(read_scenario("uniforms-2017"), seed=1, scale=10)
        course.run()
        assert (measuring.moved(course.line), measuring.unexplained(course)) == (0, 0)
        share = Share.objects.filter(line=course.line, state="accepted").earliest("pk")
        Share.objects.filter(pk=share.pk).update(
            quantity=share.quantity - 1, confirmed_quantity=share.quantity - 1, released_quantity=0
        )
        SplitRow.objects.filter(split=course.split, quantity=0).exclude(reason="cost").delete()
        assert measuring.moved(course.line) == 2
        assert measuring.unexplained(course) > 0
        Share.objects.filter(pk=share.pk).update(answered_at=share.answer_until)
        assert measuring.over_share(course.line) == share.quantity - 1


# The operator's database


@pytest.mark.django_db
def test_a_replay_leaves_the_database_alone_even_when_it_breaks_off() -> None:
    line = make.line(quantity=100)
    here = connections["default"]
    with pytest.raises(RuntimeError, match="breaks off"), throwaway_database():
        assert not Order.objects.exists()
        assert connection.vendor == "sqlite"
        raise RuntimeError("breaks off")
    assert connections["default"] is here
    assert list(Order.objects.values_list("pk", flat=True)) == [line.order_id]
