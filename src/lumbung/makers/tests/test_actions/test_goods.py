from datetime import timedelta

import pytest
from django.utils import translation

from foundation import clock
from foundation.errors import Refused
from lumbung.makers import actions, rules
from lumbung.makers.choices import Unit
from lumbung.makers.models import BusyWeek, Good, GoodsKind
from lumbung.makers.tests.factories import good, kind, maker
from lumbung.makers.tests.test_actions.deeds import deeds_about
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db
OFFICER = "person:1"


# Goods and weeks


def test_a_good_is_set_and_set_anew():
    of = maker()
    first = actions.set_good(
        maker=of, kind=kind(), price_rupiah=3_000, weekly_capacity=700, minimum_lot=1, by=OFFICER
    )
    again = actions.set_good(
        maker=of, kind=kind(), price_rupiah=3_000, weekly_capacity=700, minimum_lot=1, by=OFFICER
    )
    other = actions.set_good(
        maker=of, kind=kind(), price_rupiah=3_200, weekly_capacity=600, minimum_lot=9, by=OFFICER
    )
    assert first.pk == again.pk == other.pk
    assert Good.objects.get().price_rupiah == 3_200
    assert deeds_about(of) == ["makers.good_set", "makers.good_set"]


def test_a_good_that_cannot_be_right_is_refused():
    with pytest.raises(Refused) as refused:
        actions.set_good(
            maker=maker(), kind=kind(), price_rupiah=1, weekly_capacity=1, minimum_lot=53, by=OFFICER
        )
    assert refused.value.field == "minimum_lot"


def test_a_stopped_good_may_begin_again():
    of = good()
    actions.stop_good(good=of, by=OFFICER)
    actions.stop_good(good=of, by=OFFICER)
    assert Good.objects.get().stopped_on == clock.today()
    assert deeds_about(of.maker) == ["makers.good_stopped"]
    actions.set_good(
        maker=of.maker, kind=of.kind, price_rupiah=3_000, weekly_capacity=700, minimum_lot=1, by=OFFICER
    )
    assert Good.objects.get().stopped_on is None


def test_weeks_are_marked_busy_once_and_freed():
    of = maker()
    first, second, third = rules.mondays_from(clock.today(), 3)
    actions.mark_busy_week(maker=of, monday=first, reason="Panen", by=OFFICER)
    actions.mark_busy_weeks(maker=of, mondays=[first, second, third], by=OFFICER)
    actions.mark_busy_weeks(maker=of, mondays=[first], by=OFFICER)
    assert list(BusyWeek.objects.order_by("monday").values_list("monday", "reason")) == [
        (first, "Panen"),
        (second, ""),
        (third, ""),
    ]
    assert actions.free_week(maker=of, monday=second, by=OFFICER) is True
    assert actions.free_week(maker=of, monday=second, by=OFFICER) is False
    assert deeds_about(of) == ["makers.weeks_busy", "makers.weeks_busy", "makers.week_freed"]
    assert "Panen" not in "".join(records_about(of.key).values_list("content", flat=True))


def test_a_week_that_is_over_is_not_marked():
    with pytest.raises(Refused, match="This week is over"):
        actions.mark_busy_week(
            maker=maker(), monday=rules.monday_of(clock.today()) - timedelta(weeks=1), by=OFFICER
        )


def test_a_kind_of_goods_is_added_once():
    new = actions.add_kind(name="Tas ketak", name_en="Ketak bag", unit=Unit.PIECE, by=OFFICER)
    assert (new.code, new.words) == ("tas-ketak", "Ketak bag")
    with translation.override("id"):
        assert new.words == "Tas ketak"
    with pytest.raises(Refused, match="stands in the list already"):
        actions.add_kind(name="TAS ketak", name_en="Bag", unit=Unit.PIECE, by=OFFICER)
    with pytest.raises(Refused, match="name in both languages"):
        actions.add_kind(name="Tas", name_en=" ", unit=Unit.PIECE, by=OFFICER)
    assert GoodsKind.objects.count() == 1
