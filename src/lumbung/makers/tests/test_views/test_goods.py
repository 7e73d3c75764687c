import pytest
from django.urls import reverse

from foundation import clock
from lumbung.makers import rules
from lumbung.makers.models import BusyWeek, Good, GoodsKind, Maker
from lumbung.makers.tests.factories import kind, maker
from lumbung.makers.tests.test_views.words import words
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


# Goods and weeks

GOOD = {"kind": "tas", "price_rupiah": "Rp50.000,-", "weekly_capacity": "1.250", "minimum_lot": "10"}


def test_goods_are_written_down_as_people_write_numbers(officer, troupe):
    kind("tas", "Tas")
    url = reverse("makers:new_good", args=[troupe.here.pk])
    assert "Tas (en) (sheets)" in words(officer.get(url))
    assert officer.post(url, GOOD).url == troupe.here.get_absolute_url()
    new = Good.objects.get(kind="tas")
    assert (new.price_rupiah, new.weekly_capacity, new.minimum_lot) == (50_000, 1_250, 10)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"weekly_capacity": "0"}, "weekly_capacity", "Write a number of 1 or more."),
        ({"weekly_capacity": "-5"}, "weekly_capacity", "“-5” is below zero."),
        (
            {"weekly_capacity": "banyak"},
            "weekly_capacity",
            "“banyak” is not a number. Write digits, such as 1.250.000.",
        ),
        ({"price_rupiah": "0"}, "price_rupiah", "Write a number of 1 or more."),
        ({"minimum_lot": "0"}, "minimum_lot", "Write a number of 1 or more."),
        (
            {"minimum_lot": "65.001"},
            "minimum_lot",
            "The smallest lot is more than a whole year's capacity (65,000). You wrote 65,001.",
        ),
        ({"kind": ""}, "kind", "This field is required."),
    ],
)
def test_numbers_that_cannot_be_are_told_at_their_field(officer, troupe, given, field, sentence):
    kind("tas", "Tas")
    response = officer.post(reverse("makers:new_good", args=[troupe.here.pk]), GOOD | given)
    assert response.context["form"].errors == {field: [sentence]}
    assert not Good.objects.filter(kind="tas").exists()


def test_an_officer_changes_the_price_and_stops_goods(officer, troupe):
    url = reverse("makers:good", args=[troupe.here.pk, "masker-kain"])
    assert "No longer made here" in words(officer.get(url))
    officer.post(url, {"price_rupiah": "3.500", "weekly_capacity": "700", "minimum_lot": "1"})
    assert troupe.here.goods.get().price_rupiah == 3_500
    officer.post(reverse("makers:stop_good", args=[troupe.here.pk, "masker-kain"]))
    assert troupe.here.goods.get().stopped_on == clock.today()


def test_makers_tell_their_own_capacity_but_not_the_price(client, troupe):
    client.force_login(troupe.captain)
    assert "Kelompok Tenun Contoh" in words(client.get(reverse("makers:mine")))
    url = reverse("makers:good", args=[troupe.own.pk, "masker-kain"])
    response = client.post(url, {"price_rupiah": "9.999", "weekly_capacity": "350", "minimum_lot": "5"})
    assert response.url == reverse("makers:mine")
    told_now = troupe.own.goods.get()
    assert (told_now.price_rupiah, told_now.weekly_capacity, told_now.minimum_lot) == (3_000, 350, 5)
    assert Record.objects.get(deed="makers.good_set").actor == troupe.captain.key


def test_a_maker_without_workshop_is_told_what_to_do(client, troupe):
    troupe.own.party_id = maker().party_id
    Maker.objects.filter(pk=troupe.own.pk).update(party=troupe.buyers)
    client.force_login(troupe.captain)
    assert "No workshop is registered for you" in words(client.get(reverse("makers:mine")))


def test_busy_weeks_are_told_one_by_one_and_several_at_once(client, troupe):
    client.force_login(troupe.captain)
    url = reverse("makers:weeks", args=[troupe.own.pk])
    monday = rules.monday_of(clock.today())
    assert words(client.get(url)).count("<li>") >= 12
    client.post(url, {"monday": monday.isoformat(), "weeks": "3", "reason": "Panen"})
    assert BusyWeek.objects.filter(maker=troupe.own, reason="Panen").count() == 3
    response = client.post(
        reverse("makers:free_week", args=[troupe.own.pk]), {"monday": monday.isoformat()}, follow=True
    )
    assert "this week is free again" in words(response)
    assert BusyWeek.objects.count() == 2
    nonsense = client.post(reverse("makers:free_week", args=[troupe.own.pk]), {"monday": "x"}, follow=True)
    assert "Choose the week from the list." in words(nonsense)


def test_weeks_that_cannot_be_are_told_at_their_field(officer, troupe):
    url = reverse("makers:weeks", args=[troupe.here.pk])
    response = officer.post(url, {"monday": "2020-01-06", "weeks": "99"})
    assert set(response.context["form"].errors) == {"monday", "weeks"}
    assert BusyWeek.objects.count() == 0


def test_kinds_of_goods_are_listed_and_added(officer):
    url = reverse("makers:kinds")
    assert "Masker kain (en)" in words(officer.get(url))
    officer.post(url, {"name": "Tas ketak", "name_en": "Ketak bag", "unit": "piece"})
    assert GoodsKind.objects.get(code="tas-ketak").unit == "piece"
    again = officer.post(url, {"name": "Tas ketak", "name_en": "Ketak bag", "unit": "piece"})
    assert again.context["form"].errors == {"name": ["This kind of goods stands in the list already."]}
