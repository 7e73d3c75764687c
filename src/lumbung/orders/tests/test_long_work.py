"""A large order is split away from the request, with the same result."""

from typing import Any

import pytest
from django.test import Client

from foundation.models import Work
from foundation.work.progress import Progress, said_of
from lumbung.orders.actions import splitting
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Share, Split
from lumbung.orders.queries import candidates
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    make.village()
    return cast()


@pytest.fixture
def officer(people: Cast, monkeypatch: Any) -> Client:
    monkeypatch.setattr(candidates, "LARGE", 1)
    return office.signed_in(people.officer)


def test_a_large_split_leads_to_its_progress_and_then_to_the_split(
    officer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    line = office.published()
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(office.line_path(line, "pembagian/"), {"budget": "200"})
        assert answer["Location"] == Work.objects.get().get_absolute_url()
        assert not Split.objects.exists()
    split = Split.objects.get()
    assert (split.cost_budget_bp, split.rows.count()) == (200, 6)
    assert officer.get(answer["Location"])["Location"] == office.line_path(line, "pembagian/")


def test_a_large_split_that_is_refused_says_why_on_the_page_of_the_work(
    officer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    line = office.published(makers=3, quantity=1_000)
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(office.line_path(line, "pembagian/"))
    page = officer.get(answer["Location"]).content.decode()
    assert "at most 840 can be delivered" in page
    assert f'href="{office.line_path(line, "pembagian/")}"' in page


def test_a_large_split_is_decided_away_from_the_request_too(
    people: Cast, officer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    line = office.published()
    split = splitting.compute_split(line=line.line, by=people.officer.key)
    splitting.propose_split(split=split, by=people.officer.key)
    head = office.signed_in(people.decider)
    path = office.line_path(line, f"pembagian/{split.number}/putuskan/")
    with django_capture_on_commit_callbacks(execute=True):
        answer = head.post(path)
        assert answer["Location"] == Work.objects.get().get_absolute_url()
    split.refresh_from_db()
    assert split.state == SplitState.DECIDED
    assert Share.objects.filter(split=split).count() == split.makers
    head.post(path)
    assert Work.objects.count() == 1, "a second decision is refused at once"


def test_a_split_says_its_steps_down_to_the_last_row(people: Cast) -> None:
    line, steps = office.published(), []

    def tell(number: int, of: int, words: str, *, done: int = 0, total: int = 0) -> None:
        steps.append((number, of, done, total))

    splitting.compute_split(line=line.line, by=people.officer.key, tell=tell)
    assert sorted({number for number, *_rest in steps}) == [1, 2, 3, 4, 5, 6]
    assert (3, 6, 10, 10) in steps
    assert steps[-1] == (6, 6, 6, 6)


def test_steps_fill_one_bar(people: Cast) -> None:
    work = Work(pk=1, asked_by="person:1")
    Progress(work).step(3, 6, "Menghitung", done=5, total=10)
    said = said_of(work)
    assert (said.done, said.total) == (2_500, 6_000)
    assert "3" in said.beside
    assert "6" in said.beside
