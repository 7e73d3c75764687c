"""One standard before the start: written by one, approved by another, confirmed by every maker."""

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.tests import factories as orders
from lumbung.production import queries
from lumbung.production.actions import standards as actions
from lumbung.production.models import Confirmation, Making, Standard
from lumbung.production.queries import standards
from lumbung.production.tests import factories as make
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db


def test_a_draft_is_changed_and_only_the_approved_version_counts() -> None:
    line = make.line()
    first = make.draft(line)
    again = actions.write_standard(line=line, sheet=make.sheet(words="Tiga lapis."), by=make.WRITER)
    assert (again.pk, again.words, again.rows.count()) == (first.pk, "Tiga lapis.", 2)
    assert queries.standard_of(line) is None
    actions.approve_standard(standard=again, by=make.HEAD)
    assert queries.standard_of(line) == again


def test_whoever_wrote_it_does_not_approve_it() -> None:
    draft = make.draft(make.line())
    with pytest.raises(Refused, match="does not approve it"):
        actions.approve_standard(standard=draft, by=make.WRITER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.filter(pk=draft.pk).update(approved_at=draft.written_at, approved_by=make.WRITER)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"rows": ()}, "no measure yet"),
        ({"sample_made_by": " "}, "who made the golden sample"),
        ({"sample_made_on": None}, "who made the golden sample"),
        ({"photo": False}, "photo of the golden sample"),
    ],
)
def test_nothing_is_approved_without_measures_sample_and_its_photo(
    missing: dict[str, object], reason: str
) -> None:
    draft = make.draft(make.line(), **missing)
    with pytest.raises(Refused, match=reason):
        actions.approve_standard(standard=draft, by=make.HEAD)


def test_an_approved_version_is_never_changed_and_the_next_stands_beside_it() -> None:
    line = make.line()
    first = make.standard(line)
    with pytest.raises(Refused, match="never changed"):
        actions.add_photo(
            standard=first, upload=make.picture(), name="a.png", is_sample=False, by=make.WRITER
        )
    second = make.standard(line, words="Lapis ketiga.")
    assert [version.number for version in standards.versions_of(line)] == [2, 1]
    assert queries.standard_of(line) == second
    first.refresh_from_db()
    assert first.words == "Dua lapis, jahitan rapat."


def test_a_dropped_draft_stays_and_the_next_gets_a_number_of_its_own() -> None:
    line = make.line()
    dropped = actions.drop_standard(standard=make.draft(line), by=make.WRITER)
    assert make.draft(line).number == dropped.number + 1
    with pytest.raises(Refused, match="was dropped"):
        actions.approve_standard(standard=dropped, by=make.HEAD)


def test_a_share_starts_when_its_maker_confirms_the_sheet() -> None:
    line = make.line()
    share = make.held(line)
    with pytest.raises(Refused, match="not approved a sheet"):
        actions.confirm_standard(share=share, by=make.LINK)
    standard = make.standard(line)
    assert not queries.started(share)
    making = actions.confirm_standard(share=share, by=make.LINK)
    assert (making.standard, making.weekly_capacity) == (standard, 700)
    assert queries.started(share)


def test_confirming_twice_is_one_confirmation_and_one_record() -> None:
    share = make.started()
    actions.confirm_standard(share=share, by=make.LINK)
    assert Confirmation.objects.count() == Making.objects.count() == 1
    deeds = [record.deed for record in records_about(share.key)]
    assert deeds.count("production.standard_confirmed") == 1


def test_a_new_version_is_confirmed_anew_and_the_start_stays() -> None:
    share = make.started()
    begun = Making.objects.get().started_on
    newer = make.standard(share.line)
    assert not queries.started(share)
    making = actions.confirm_standard(share=share, by=make.LINK)
    assert (making.standard, making.started_on, Confirmation.objects.count()) == (newer, begun, 2)


def test_nobody_confirms_for_a_share_that_is_not_confirmed_or_whose_order_is_cancelled() -> None:
    line = make.line()
    make.standard(line)
    offered = orders.sent(orders.share(line, orders.tailor(), 50))
    with pytest.raises(Refused, match="not confirmed"):
        actions.confirm_standard(share=offered, by=make.LINK)
    share = make.held(line)
    cancel_order(order=line.order, reason="Anggaran dicabut", by="person:1")
    with pytest.raises(Refused, match="cancelled: Anggaran dicabut"):
        actions.confirm_standard(share=share, by=make.LINK)
    with pytest.raises(Refused, match="cancelled"):
        make.draft(orders.OrderLine.objects.select_related("order").get(pk=line.pk))


def test_the_sheet_has_at_most_thirty_measures_and_no_sample_from_the_future() -> None:
    line = make.line()
    with pytest.raises(Refused, match=r"at most 30 measures. You wrote 31"):
        make.draft(line, rows=[actions.Measure("Panjang", "17")] * 31)
    with pytest.raises(Refused, match="in the future"):
        make.draft(line, sample_made_on=make.days_ago(-1))
