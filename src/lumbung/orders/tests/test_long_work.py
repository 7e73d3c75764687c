"""A large order is split away from the request, with the same result."""

from typing import Any

import pytest
from django.test import Client

from foundation.models import Work
from foundation.work.progress import Progress, said_of
from lumbung.orders.actions import splitting
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Share, Split
from lumbung.orders.queries import candidates, kept_eligibility
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast

pytestmark = pytest.mark.django_db


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


def test_who_is_eligible_among_many_is_computed_apart_and_kept(
    officer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    line = office.published()
    path = office.line_path(line, "kelayakan/")
    assert "Compute who is eligible" in officer.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        work = officer.post(path)["Location"]
    assert officer.get(work)["Location"] == path
    page = officer.get(path).content.decode()
    assert "6 of 6 makers are eligible" in page
    assert "Compute it again" not in page
    make.tailor(weekly=70)
    page = officer.get(path).content.decode()
    assert "6 of 6 makers are eligible" in page
    assert "Compute it again" in page


def test_what_is_kept_of_a_middling_kind_is_computed_again_as_soon_as_anything_changed(
    people: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(kept_eligibility, "KEEP_FROM", 1)
    line = office.published()
    make.tailor("Berhenti", state="paused")
    whole = kept_eligibility.found_for(line.line)
    again = kept_eligibility.found_for(line.line)
    assert whole is not None
    assert again is not None
    assert again.able.rows == whole.able.rows
    assert [row.reason for row in again.unable.rows] == [row.reason for row in whole.unable.rows]
    assert kept_eligibility.found_for(line.line, reason="paused") is not None
    make.tailor(weekly=70)
    new = kept_eligibility.found_for(line.line)
    assert new is not None
    assert new.overview.eligible == whole.overview.eligible + 1
