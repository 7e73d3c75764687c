from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock, formats
from foundation.panels import ways_at
from lumbung.makers import actions, rules
from lumbung.makers.models import Maker
from lumbung.makers.tests.factories import busy, good, household, kind, village
from lumbung.makers.tests.test_views.words import words
from lumbung.people.models import PersonalRead
from lumbung.people.tests.factories import person
from lumbung.records.models import Record
from lumbung.records.queries import told

pytestmark = pytest.mark.django_db


# One maker's page


def detail(client, of: Maker) -> str:
    return words(client.get(of.get_absolute_url()))


def test_phone_house_and_account_are_masked_until_somebody_opens_them(officer, troupe):
    page = detail(officer, troupe.here)
    for secret in ("0123456789", "RT 02", troupe.here.owner.phone[-8:]):
        assert secret not in page
    assert PersonalRead.objects.count() == 0
    opened = officer.post(reverse("makers:open", args=[troupe.here.pk]))
    assert "0123456789" in words(opened)
    assert "RT 02 / 14" in words(opened)
    assert "no-store" in opened["Cache-Control"]
    read = PersonalRead.objects.get()
    assert (read.reader, read.fields) == (troupe.officer.key, "phone, house, bank_account")
    assert [each.pk for each in read.persons.all()] == [troupe.here.owner_id]


def test_the_owner_sees_the_own_account_in_clear(client, troupe):
    client.force_login(troupe.here.owner)
    page = detail(client, troupe.here)
    assert "0123456789" in page
    assert "Seems to be the same" not in page
    assert PersonalRead.objects.count() == 0


def test_a_makers_page_tells_all_that_hangs_on_it(officer, troupe):
    of = troupe.here
    busy(of, rules.monday_of(clock.today()), "Panen")
    good(of, kind=kind("abon", "Abon"), stopped_on=clock.today())
    actions.pause_maker(maker=of, reason="Sakit", by=troupe.officer.key)
    page = detail(officer, of)
    for told_words in (
        "11 of the next 12 weeks are free.",
        "(Panen)",
        "Sakit",
        "no longer made since",
        "Seems to be the same",
        "Sahnim Jaya",
        "Jahit Sahnim, Mamben Lauk is now: paused.",
    ):
        assert told_words in page, told_words


def test_a_groups_page_tells_its_households(officer, troupe):
    household(troupe.own, person("Aminah"), hamlet="Dasan Baru")
    household(troupe.own, person("Fatimah"), left_on=clock.today())
    page = detail(officer, troupe.own)
    assert "Aminah" in page
    assert "Dasan Baru" in page
    assert "Fatimah" not in page


def test_a_pair_that_was_looked_at_holds_nothing_back(officer, troupe):
    assert "This entry seems to be the same as another one." in detail(officer, troupe.here)
    actions.review_duplicates(first=troupe.here, second=troupe.twin, reason="dua dapur", by="person:1")
    page = detail(officer, troupe.here)
    assert "This entry seems to be the same as another one." not in page
    assert "dua dapur" in page


def test_the_page_of_a_maker_asks_a_bounded_number_of_questions(
    client, troupe, django_assert_max_num_queries
):
    client.force_login(troupe.officer)
    detail(client, troupe.own)
    for _ in range(15):
        household(troupe.own, person())
    for number in range(9):
        good(troupe.own, kind=kind(f"k{number}", f"K {number}"))
    with django_assert_max_num_queries(30):
        detail(client, troupe.own)


def test_rooms_above_are_reached_from_the_register_by_those_who_may(troupe):
    for_auditor = ways_at("makers.list", None, troupe.auditor)
    assert ("Certificates that end soon", "/pelaku/sertifikat/") in for_auditor
    assert ("Schemes", "/pelaku/skema/") not in for_auditor
    assert ("Schemes", "/pelaku/skema/") in ways_at("makers.list", None, troupe.officer)


# How the list of records tells it


def test_every_deed_in_the_register_sounds_like_a_sentence(troupe):
    by = troupe.officer.key
    monday = rules.monday_of(clock.today())
    actions.register_makers([rules.NewMaker("Baru", person(), village())], by=by)
    actions.register_maker(name="Baru 2", owner=person(), village=village(), by=by)
    actions.set_good(
        maker=troupe.here, kind=kind(), price_rupiah=4_000, weekly_capacity=1_000, minimum_lot=2, by=by
    )
    actions.stop_good(good=troupe.here.goods.get(), by=by)
    actions.mark_busy_week(maker=troupe.here, monday=monday + timedelta(weeks=1), by=by)
    actions.free_week(maker=troupe.here, monday=monday + timedelta(weeks=1), by=by)
    house = actions.add_household(maker=troupe.own, person=person("Aminah"), by=by)
    actions.household_leaves(household=house, by=by)
    actions.review_duplicates(first=troupe.here, second=troupe.twin, reason="x", by=by)
    actions.add_kind(name="Tas", name_en="Bag", unit="piece", by=by)
    actions.close_maker(maker=troupe.here, reason="x", by=by)
    here, own = "Jahit Sahnim, Mamben Lauk", "Kelompok Tenun Contoh, Kuta"
    assert [each.sentence for each in told(Record.objects.order_by("id"))] == [
        "1 makers were written down at once.",
        "Baru 2, Mamben Lauk was written into the register.",
        f"{here}: masker-kain, 1,000 a week at {formats.rupiah(4_000)}, from 2 on.",
        f"{here} no longer makes masker-kain.",
        f"{here} takes no new work in some weeks.",
        f"{here} takes new work again in a week that was busy.",
        f"The house of Aminah joined {own}.",
        f"The house of Aminah left {own}.",
        f"{here} and Sahnim Jaya, Mamben Lauk were found to be two makers.",
        "The kind of goods Tas was added.",
        f"{here} is now: closed.",
    ]
