"""What was made is told day by day, arrives once, and never passes the share."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation import clock
from foundation.errors import Refused
from lumbung.orders.actions.answering import release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.models import Share
from lumbung.production import queries
from lumbung.production.actions import correct_made, tell_made
from lumbung.production.models import Made, Making, Part
from lumbung.production.queries import making, parts
from lumbung.production.tests import factories as make
from lumbung.records.actions import read_content
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db


def attempts(share: Share) -> int:
    return Making.objects.get(pk=share.pk).attempts_above


def test_pieces_add_up_and_the_sums_follow() -> None:
    share = make.started(100)
    make.told(share, 20)
    make.told(share, 15)
    assert queries.made_of([share.pk]) == {share.pk: 35}
    kept = Making.objects.get()
    assert (kept.made_quantity, kept.squares, kept.last_made_on) == (35, 35 * 35, clock.today())


def test_nothing_is_told_before_the_sheet_is_confirmed() -> None:
    line = make.line()
    share = make.held(line)
    with pytest.raises(Refused, match="not approved a sheet"):
        make.told(share, 1)
    make.standard(line)
    with pytest.raises(Refused, match="First see the sheet and confirm it"):
        make.told(share, 1)
    assert not Made.objects.exists()


def test_after_a_new_version_nothing_is_told_until_it_is_confirmed() -> None:
    share = make.started(100)
    make.standard(share.line)
    with pytest.raises(Refused, match="new sheet, version 2"):
        make.told(share, 1)


def test_nothing_is_told_of_a_cancelled_order_of_tomorrow_or_of_before_the_start() -> None:
    share = make.started(100)
    with pytest.raises(Refused, match="still to come"):
        make.told(share, 1, on=make.days_ago(-1))
    with pytest.raises(Refused, match="Nothing is made before that day"):
        make.told(share, 1, on=make.days_ago(1))
    cancel_order(order=share.line.order, reason="Anggaran dicabut", by="person:1")
    with pytest.raises(Refused, match="cancelled"):
        make.told(share, 1)


def test_more_than_the_share_is_refused_and_the_attempt_is_counted() -> None:
    share = make.started(100)
    make.told(share, 90)
    with pytest.raises(Refused, match=r"10 are left. You wrote 11") as refusal:
        make.told(share, 11)
    assert refusal.value.field == "quantity"
    assert (queries.made_of([share.pk]), attempts(share)) == ({share.pk: 90}, 1)
    record = next(r for r in records_about(share.key) if r.deed == "production.attempted_over_share")
    told = read_content(record)
    assert (told["quantity"], told["made"], told["held"], told["share"]) == (11, 90, 100, share.pk)


def test_an_entry_arrives_once() -> None:
    share = make.started(100)
    sent = {"share": share, "quantity": 7, "made_on": clock.today(), "entry_key": "sama", "by": make.LINK}
    assert tell_made(**sent) == tell_made(**sent)
    assert queries.made_of([share.pk]) == {share.pk: 7}
    with pytest.raises(Refused, match="arrived already, with other numbers"):
        tell_made(**(sent | {"quantity": 8}))


def test_the_same_key_in_another_share_is_another_entry() -> None:
    line = make.line()
    first, second = make.started(100, of=line), make.started(100, of=line)
    for share in (first, second):
        tell_made(share=share, quantity=7, made_on=clock.today(), entry_key="sama", by=make.LINK)
    assert queries.made_of([first.pk, second.pk]) == {first.pk: 7, second.pk: 7}


def test_a_correction_is_a_new_entry_that_points_at_the_old() -> None:
    share = make.started(100)
    entry = make.told(share, 70)
    newer = correct_made(entry=entry, quantity=100, entry_key=make.key(), by=make.LINK)
    assert (newer.corrects, newer.made_on) == (entry, entry.made_on)
    assert queries.made_of([share.pk]) == {share.pk: 100}
    assert [one.quantity for one in making.history_of(newer)] == [100, 70]
    with pytest.raises(Refused, match="corrected already"):
        correct_made(entry=entry, quantity=1, entry_key=make.key(), by=make.LINK)
    with pytest.raises(Refused, match=r"100 are left. You wrote 101"):
        correct_made(entry=newer, quantity=101, entry_key=make.key(), by=make.LINK)


def test_a_correction_to_none_takes_the_entry_back() -> None:
    share = make.started(100)
    correct_made(entry=make.told(share, 70), quantity=0, entry_key=make.key(), by=make.LINK)
    kept = Making.objects.get()
    assert (kept.made_quantity, kept.squares, kept.last_made_on) == (0, 0, None)


def test_a_members_pieces_stay_within_the_part_and_are_known_as_the_members() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 30)
    make.told(share, 20, part=part)
    with pytest.raises(Refused, match=r"has 30, of which 20 are made: 10 are left. You wrote 11"):
        make.told(share, 11, part=part)
    assert parts.made_by_members(share) == {part.person_id: 20}


def test_nothing_is_told_for_a_member_who_has_not_agreed_or_whose_part_was_changed() -> None:
    share = make.started(100, maker=make.group())
    house = share.maker.houses.first()
    part = make.passed(share, house, 30, confirmed=False)
    with pytest.raises(Refused, match="has not confirmed"):
        make.told(share, 1, part=part)
    make.passed(share, house, 40)
    with pytest.raises(Refused, match="changed since"):
        make.told(share, 1, part=part)
    other = make.started(100, maker=make.group("Kelompok lain"))
    with pytest.raises(Refused, match="no part of this share"):
        make.told(other, 1, part=Part.objects.last())


def test_what_is_made_cannot_be_given_back() -> None:
    share = make.started(100)
    make.told(share, 60)
    with pytest.raises(Refused, match="from 1 to 40"):
        release_share(share=share, quantity=41, by=make.LINK)
    release_share(share=share, quantity=40, by=make.LINK)
    with pytest.raises(Refused, match="60 are made already: nothing can be given back"):
        release_share(share=share, quantity=1, by=make.LINK)
    with pytest.raises(Refused, match=r"0 are left. You wrote 1"):
        make.told(share, 1)


class NeverAbove(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.booleans(), st.integers(-2, 60)), max_size=10))
    def test_however_it_is_told_and_corrected_made_stays_within_the_share_and_equals_its_rows(
        self, wishes: list[tuple[bool, int]]
    ) -> None:
        share = make.started(100)
        for corrects, quantity in wishes:
            last = making.entries_of(share).first()
            try:
                if corrects and last:
                    correct_made(entry=last, quantity=quantity, entry_key=make.key(), by=make.LINK)
                else:
                    make.told(share, quantity)
            except Refused:
                pass
            rows = sum(entry.quantity for entry in making.entries_of(share))
            kept = Making.objects.get()
            assert kept.made_quantity == rows <= 100
            assert kept.squares == rows * rows
