"""Pages of a long list: whoever reads on sees every row once, in order, whatever was added meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.paging import Page, page_of
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.records.models import Seal


def seals(numbers: list[int]) -> list[tuple[int, int]]:
    """Rows with repeated numbers, by the largest number first."""
    made = Seal.objects.bulk_create([Seal(last_record=n, chains=0, hash="x") for n in numbers])
    return [(row.last_record, row.pk) for row in sorted(made, key=lambda row: (-row.last_record, row.pk))]


def read(page: Page[Seal]) -> list[tuple[int, int]]:
    return [(row.last_record, row.pk) for row in page.rows]


BY = ("-last_record", "pk")


class Reading(TestCase):
    @given(st.lists(st.integers(0, 5), max_size=23), st.integers(1, 6))
    def test_forwards_and_backwards_every_row_comes_once_and_in_order(
        self, numbers: list[int], size: int
    ) -> None:
        wanted = seals(numbers)
        pages = [page_of(Seal.objects.all(), by=BY, size=size)]
        while pages[-1].after:
            pages.append(page_of(Seal.objects.all(), by=BY, size=size, after=pages[-1].after))
        assert [row for page in pages for row in read(page)] == wanted
        assert all(page.total == len(wanted) for page in pages)
        assert [page.first for page in pages] == [
            1 + size * number if wanted else 0 for number in range(len(pages))
        ]
        back = pages[-1]
        for page in reversed(pages[:-1]):
            back = page_of(Seal.objects.all(), by=BY, size=size, before=back.before)
            assert read(back) == read(page)
            assert (back.first, back.before, back.after) == (page.first, page.before, page.after)


class ReadingWords(TestCase):
    @given(st.lists(st.sampled_from(["", "a-1", "b", "Ü"]), max_size=17), st.integers(1, 5))
    def test_a_list_by_words_gives_every_row_once_forth_and_back(self, names: list[str], size: int) -> None:
        made = [Party.objects.create(name=name, kind=PartyKind.MAKER) for name in names]
        rows, by = Party.objects.filter(pk__in=[row.pk for row in made]), ("-name", "pk")
        wanted = list(rows.order_by(*by))
        pages = [page_of(rows, by=by, size=size)]
        while pages[-1].after:
            pages.append(page_of(rows, by=by, size=size, after=pages[-1].after))
        assert [row for page in pages for row in page.rows] == wanted
        back = pages[-1]
        for page in reversed(pages[:-1]):
            back = page_of(rows, by=by, size=size, before=back.before)
            assert (back.rows, back.first, back.after) == (page.rows, page.first, page.after)


@pytest.mark.django_db
def test_a_list_by_words_goes_on_behind_a_row_that_has_left_it() -> None:
    first, second = (Party.objects.create(name=name, kind=PartyKind.MAKER) for name in ("A", "B"))
    rows = Party.objects.filter(pk=second.pk)
    assert page_of(rows, by=("name", "pk"), after=f"{first.pk}-1").rows == [second]
    for mark in ("x", "1", f"{second.pk + 1}-1", f"A-{first.pk}-1"):
        assert page_of(rows, by=("name", "pk"), after=mark).rows == [second]
    assert page_of(rows, by=("name", "pk"), after=f"{second.pk}-1").rows == []


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["x", "1", "1-2", "1-2-3-4", "1-x-1", "-1-2", "9" * 40 + "-1-1", "１-２-１"])
def test_a_mark_nobody_gave_is_ignored(mark: str) -> None:
    wanted = seals([1, 2, 3])
    assert read(page_of(Seal.objects.all(), by=BY, after=mark)) == wanted


@pytest.mark.django_db
def test_behind_the_last_row_there_is_nothing() -> None:
    last = seals([1])[-1]
    page = page_of(Seal.objects.all(), by=BY, after=f"{last[0]}-{last[1]}-1")
    assert (page.rows, page.total, page.first) == ([], 1, 0)


@pytest.mark.django_db
def test_more_rows_than_a_page_counts_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foundation.paging.MOST_COUNTED", 2)
    seals([1, 2])
    assert page_of(Seal.objects.all(), by=BY).total == 2
    seals([3])
    assert page_of(Seal.objects.all(), by=BY).total is None
    assert page_of(Seal.objects.all(), by=BY, total=3).total == 3
