import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from foundation import clock, formats
from lumbung.certification.tests.factories import certificate
from lumbung.makers import actions, queries, rules
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.models import BusyWeek, DuplicateReview, Good, GoodsKind, Household, Maker
from lumbung.makers.panels import Panel, Way, panels_at, register_panel, register_way, ways_for
from lumbung.makers.tests.factories import busy, good, group, household, kind, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.models import Person, PersonalRead
from lumbung.people.tests.factories import person
from lumbung.records.models import Record
from lumbung.records.queries import latest_records, told

pytestmark = pytest.mark.django_db
KUTA = ("52.02.01.2001", "Kuta")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def troupe():
    village()
    people = cast()
    people.here = maker("Jahit Sahnim", owner=person("Sahnim"), house="RT 02 / 14", bank_account="0123456789")
    people.far = maker("Rohani", village=village(*KUTA))
    people.own = maker(party=people.group, village=village(*KUTA), kind=MakerKind.GROUP)
    for each in (people.here, people.far, people.own):
        good(each)
    people.twin = maker("Sahnim Jaya", owner=people.here.owner)
    return people


@pytest.fixture
def officer(client, troupe):
    client.force_login(troupe.officer)
    return client


def words(response) -> str:
    return response.content.decode()


# Who may open which page

OFFICE = {"officer", "decider", "treasurer", "inspector", "auditor", "data_protection_officer"}
KEEPERS = {"officer", "regency_officer"}
MAKERS = {"maker", "captain"}


def address(name: str, troupe, which: str = "here") -> str:
    of = getattr(troupe, which)
    arguments = {
        "good": [of.pk, "masker-kain"],
        "stop_good": [of.pk, "masker-kain"],
        "review": [of.pk, troupe.twin.pk],
        "house_leaves": [of.pk, 999],
    }
    alone = {"list", "sheet", "new", "mine", "twins", "kinds"}
    return reverse(f"makers:{name}", args=[] if name in alone else arguments.get(name, [of.pk]))


OPEN_TO = {
    # page: who gets 200 for a maker of Lombok Timur, for one elsewhere, for the own group elsewhere
    "list": OFFICE | {"regency_officer"},
    "sheet": OFFICE | {"regency_officer"},
    "twins": OFFICE | {"regency_officer"},
    "new": KEEPERS,
    "kinds": {"officer"},
    "mine": MAKERS,
}
OF_A_MAKER = {
    "detail": (OFFICE | {"regency_officer"}, OFFICE, OFFICE | MAKERS),
    "change": (KEEPERS, {"officer"}, {"officer"}),
    "state": (KEEPERS, {"officer"}, {"officer"}),
    "new_good": (KEEPERS, {"officer"}, {"officer"}),
    "good": (KEEPERS, {"officer"}, {"officer"} | MAKERS),
    "weeks": (KEEPERS, {"officer"}, {"officer"} | MAKERS),
    "houses": (set(), set(), {"officer"}),
}


def opened_by(client, troupe, url: str) -> set[str]:
    found = set()
    for role, who in troupe.everybody():
        client.force_login(who)
        status = client.get(url).status_code
        assert status in (200, 403, 404), (role, url)
        if status == 200:
            found.add(role)
    return found


@pytest.mark.parametrize("name", OPEN_TO)
def test_pages_of_the_register_open_to_those_who_need_them(client, troupe, name):
    assert opened_by(client, troupe, address(name, troupe)) == OPEN_TO[name]


@pytest.mark.parametrize("name", OF_A_MAKER)
def test_pages_of_a_maker_open_only_among_those_one_sees(client, troupe, name):
    for which, roles in zip(("here", "far", "own"), OF_A_MAKER[name], strict=True):
        assert opened_by(client, troupe, address(name, troupe, which)) == roles, which


@pytest.mark.parametrize("name", [*OPEN_TO, *OF_A_MAKER, "review"])
def test_a_visitor_is_asked_to_sign_in(client, troupe, name):
    response = client.get(address(name, troupe))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["open", "stop_good", "free_week", "house_leaves"])
def test_buttons_do_nothing_by_a_plain_visit(client, troupe, name):
    client.force_login(troupe.officer)
    assert client.get(address(name, troupe)).status_code == 405


POSTED = {
    "open": (KEEPERS, {"officer"}),
    "stop_good": (KEEPERS, {"officer"}),
    "free_week": (KEEPERS, {"officer"}),
    "change": (KEEPERS, {"officer"}),
    "state": (KEEPERS, {"officer"}),
    "weeks": (KEEPERS, {"officer"}),
}


@pytest.mark.parametrize("name", POSTED)
def test_nobody_else_presses_a_button(client, troupe, name):
    for which, roles in zip(("here", "far"), POSTED[name], strict=True):
        for role, who in troupe.everybody():
            client.force_login(who)
            status = client.post(address(name, troupe, which)).status_code
            assert (status in (200, 302)) == (role in roles), (role, which, status)


# The list


def test_the_list_shows_who_makes_what(officer):
    page = words(officer.get(reverse("makers:list")))
    assert "Jahit Sahnim" in page
    assert "Mamben Lauk" in page
    assert "Masker kain (en)" in page
    assert formats.number(700) in page


def test_the_list_is_filtered_and_searched(officer):
    page = words(officer.get(reverse("makers:list"), {"text": "kuta", "regency": "52.02", "state": "active"}))
    assert "Rohani" in page
    assert "Jahit Sahnim" not in page
    assert "No maker fits" in words(
        officer.get(reverse("makers:list"), {"kind": "masker-kain", "text": "xyz"})
    )


def test_nonsense_in_the_address_does_no_harm(officer):
    for nonsense in (
        {"after": "x"},
        {"before": "-1"},
        {"after": "9" * 30},
        {"regency": "no"},
        {"first": "½"},
    ):
        assert officer.get(reverse("makers:list"), nonsense).status_code == 200


def test_an_empty_register_says_so(client, troupe):
    Good.objects.all().delete()
    Maker.objects.all().delete()
    client.force_login(troupe.officer)
    assert "No maker is registered yet" in words(client.get(reverse("makers:list")))


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client, troupe, django_assert_max_num_queries
):
    client.force_login(troupe.officer)
    client.get(reverse("makers:list"))
    with django_assert_max_num_queries(10):
        client.get(reverse("makers:list"), {"text": "rohani"})
    for number in range(60):
        good(maker(f"Rohani {number}"))
    with django_assert_max_num_queries(10):
        page = words(client.get(reverse("makers:list"), {"text": "rohani"}))
    assert page.count('class="who"') == 50
    assert "1–50 of 61" in page


def test_pages_lead_forth_and_back(officer):
    for number in range(70):
        maker(f"Wayan {number:02d}")
    url = reverse("makers:list")
    first = officer.get(url, {"text": "wayan"})
    assert first.context["previous_url"] == ""
    second = officer.get(url + first.context["next_url"])
    assert "51–70 of 70" in words(second)
    assert second.context["next_url"] == ""
    back = officer.get(url + second.context["previous_url"])
    assert back.context["page"].makers == first.context["page"].makers
    assert "1–50 of 70" in words(back)


def test_more_makers_than_were_counted_are_said_to_be_more(officer, monkeypatch):
    monkeypatch.setattr("lumbung.makers.queries.register.MOST_COUNTED", 2)
    assert "More than ten thousand fit" in words(officer.get(reverse("makers:list")))


def test_the_register_goes_out_as_a_workbook_without_personal_fields(officer, troupe):
    response = officer.get(reverse("makers:sheet"), {"text": "sahnim"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[1] == [
        "Jahit Sahnim", "workshop", "Mamben Lauk", "52.03.14", "52.03", "Masker kain", 3_000, 700, 1, 1, "active",
    ]  # fmt: skip
    assert len(rows) == 2
    assert troupe.here.owner.phone not in str(rows)
    assert "attachment" in response["Content-Disposition"]


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
    certificate(of.goods.get(), number="ID-778")
    good(of, kind=kind("abon", "Abon"), stopped_on=clock.today())
    actions.pause_maker(maker=of, reason="Sakit", by=troupe.officer.key)
    page = detail(officer, of)
    for told_words in (
        "11 of the next 12 weeks are free.",
        "(Panen)",
        "ID-778",
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
    with django_assert_max_num_queries(25):
        detail(client, troupe.own)


def test_a_room_above_shows_something_at_its_place(officer, troupe, tmp_path, settings):
    (tmp_path / "shares.html").write_text("<p>{{ panel.shares }} shares</p>")
    settings.TEMPLATES[0]["DIRS"] = [tmp_path]

    def shares(of: Maker, who: object) -> Panel | None:
        return Panel("shares.html", {"shares": 7}) if of == troupe.here else None

    register_panel("orders-test", shares)
    register_panel("orders-test", shares)
    assert len(panels_at("orders-test", troupe.here, troupe.officer)) == 1
    assert panels_at("orders-test", troupe.far, troupe.officer) == []
    assert panels_at("nowhere", troupe.far, troupe.officer) == []


def test_a_room_above_is_reached_from_the_register_by_those_who_may(troupe):
    way = Way("Kinds", "makers:kinds", queries.may_set_lists)
    register_way(way)
    register_way(way)
    assert [found for found in ways_for(troupe.officer) if found[0] == "Kinds"] == [
        ("Kinds", "/pelaku/jenis/")
    ]
    assert ("Kinds", "/pelaku/jenis/") not in ways_for(troupe.auditor)
    assert ("Certificates that end soon", "/pelaku/sertifikat/") in ways_for(troupe.auditor)


# Registering and mending

ENTRY = {
    "name": "Tenun Aminah",
    "kind": "workshop",
    "full_name": "Aminah",
    "salutation": "ibu",
    "phone": "0812 0000 9999",
    "village": "Mamben Lauk",
    "last_made_on": "1/2/2026",
}


def test_an_officer_registers_a_maker_with_its_owner(officer):
    response = officer.post(reverse("makers:new"), ENTRY, follow=True)
    new = Maker.objects.get(party__name="Tenun Aminah")
    assert response.redirect_chain == [(new.get_absolute_url(), 302)]
    assert "The maker stands in the register." in words(response)
    assert (new.owner.full_name, new.owner.phone, new.village_id) == (
        "Aminah",
        "+6281200009999",
        "52.03.14.2002",
    )


def test_a_form_sent_twice_registers_once(officer):
    token = {"once": "abc"}
    first = officer.post(reverse("makers:new"), ENTRY | token)
    second = officer.post(reverse("makers:new"), ENTRY | token)
    assert first.url == second.url
    assert Maker.objects.filter(party__name="Tenun Aminah").count() == 1
    assert Person.objects.filter(full_name="Aminah").count() == 1
    third = officer.post(reverse("makers:new"), ENTRY)
    assert "This maker stands in the register already." in words(third)
    assert Maker.objects.filter(party__name="Tenun Aminah").count() == 1


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"name": " "}, "name", "This field is required."),
        ({"phone": "12"}, "phone", "“12” is not a phone number. Write it like 0812 3456 7890."),
        (
            {"village": "Xyzzyx"},
            "village",
            "No village is called “Xyzzyx”. Check the spelling, or write its code.",
        ),
        (
            {"last_made_on": "31/02/2026"},
            "last_made_on",
            "“31/02/2026” is not in the calendar. Write day/month/year.",
        ),
        (
            {"last_made_on": "1/1/2999"},
            "last_made_on",
            "“1/1/2999” is not in the calendar. Write day/month/year.",
        ),
        ({"last_made_on": "1/1/2199"}, "last_made_on", "The last real production cannot lie in the future."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(officer, given, field, sentence):
    response = officer.post(reverse("makers:new"), ENTRY | given)
    assert response.context["form"].errors == {field: [sentence]}
    assert 'value="Aminah"' in words(response)


def test_several_villages_of_one_name_are_chosen_from(officer):
    village("52.02.05.2009", "Mamben Lauk")
    url = reverse("makers:new")
    asked = officer.post(url, ENTRY)
    assert asked.context["form"].errors == {"village": ["More than one village fits. Choose one below."]}
    assert '<option value="52.02.05.2009">' in words(asked)
    chosen = {"village_for": "Mamben Lauk", "village_chosen": "52.02.05.2009"}
    officer.post(url, ENTRY | chosen | {"village": "Kuta"})
    assert (
        Maker.objects.get(party__name="Tenun Aminah").village_id == KUTA[0]
    )  # the choice was for another text
    officer.post(url, ENTRY | chosen | {"name": "Tenun Dua"})
    assert Maker.objects.get(party__name="Tenun Dua").village_id == "52.02.05.2009"


def test_a_regency_officer_registers_in_the_own_regency_only(client, troupe):
    client.force_login(troupe.regency_officer)
    response = client.post(reverse("makers:new"), ENTRY | {"village": "Kuta"})
    assert response.context["form"].errors == {"village": ["This village lies outside your regency."]}
    assert client.post(reverse("makers:new"), ENTRY).status_code == 302


def test_a_refusal_of_the_deed_stands_in_the_form(officer):
    household(group("Beriuk Maju"), person("Aminah", phone="+6281200009999"))
    response = officer.post(reverse("makers:new"), ENTRY)
    assert response.context["form"].non_field_errors() == [
        "This person's house already counts in Beriuk Maju. A household counts once."
    ]


def mended(of: Maker, **given) -> dict[str, str]:
    return {"name": of.party.name, "village": of.village_id, "bank_account": ""} | given


def test_an_entry_is_mended_and_the_account_kept(officer, troupe):
    url = reverse("makers:change", args=[troupe.here.pk])
    page = words(officer.get(url))
    assert "0123456789" not in page
    assert "•••••••789 stays" in page
    assert PersonalRead.objects.get().fields == "house"  # the house stands in the form
    officer.post(url, mended(troupe.here, name="Jahit Baru", house="RT 3"))
    new = Maker.objects.get(pk=troupe.here.pk)
    assert (new.party.name, new.house, new.bank_account) == ("Jahit Baru", "RT 3", "0123456789")
    officer.post(url, mended(new, bank_account="-"))
    assert Maker.objects.get(pk=troupe.here.pk).bank_account == ""


def test_an_entry_without_a_house_opens_without_a_trail(officer, troupe):
    assert "none stays" in words(officer.get(reverse("makers:change", args=[troupe.far.pk])))
    assert PersonalRead.objects.count() == 0


def test_a_maker_is_paused_and_taken_up_again(officer, troupe):
    url = reverse("makers:state", args=[troupe.here.pk])
    assert officer.get(url).status_code == 200
    assert "This field is required." in words(officer.post(url, {"state": "paused", "reason": ""}))
    assert officer.post(url, {"state": "closed", "reason": "Pindah"}).status_code == 302
    assert Maker.objects.get(pk=troupe.here.pk).state == MakerState.CLOSED
    assert "Take it up again first" in words(officer.post(url, {"state": "paused", "reason": "Panen"}))
    officer.post(url, {"state": "active", "reason": "Kembali"})
    assert Maker.objects.get(pk=troupe.here.pk).state == MakerState.ACTIVE


# Duplicates


def test_clusters_stand_with_what_they_share(officer):
    page = words(officer.get(reverse("makers:twins")))
    assert "makers with the same owner" in page
    assert "Sahnim Jaya" in page


def test_when_all_was_looked_at_nothing_is_left(officer, troupe):
    url = reverse("makers:review", args=[troupe.here.pk, troupe.twin.pk])
    assert "the same owner" in words(officer.get(url))
    response = officer.post(url, {"reason": "dua dapur"})
    assert response.url == troupe.here.get_absolute_url()
    assert DuplicateReview.objects.get().reviewed_by == troupe.officer.key
    assert "Nothing to look at" in words(officer.get(reverse("makers:twins")))
    assert "dua dapur" in words(officer.get(url))


def test_two_entries_with_nothing_in_common_cannot_be_compared(officer, troupe):
    response = officer.get(reverse("makers:review", args=[troupe.here.pk, troupe.far.pk]))
    assert response.status_code == 404
    assert "Nothing in common" in words(response)


def test_many_clusters_are_said_to_be_more(officer, monkeypatch):
    for _ in range(51):
        maker(owner=maker().owner)
    assert "The first 50 of 52" in words(officer.get(reverse("makers:twins")))


# Goods and weeks

GOOD = {"kind": "tas", "price_rupiah": "Rp50.000,-", "weekly_capacity": "1.250", "minimum_lot": "10"}


def test_goods_are_written_down_as_people_write_numbers(officer, troupe):
    kind("tas", "Tas")
    url = reverse("makers:new_good", args=[troupe.here.pk])
    assert "Tas (en) (sheet)" in words(officer.get(url))
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


# Households


def test_households_join_and_leave(officer, troupe):
    url = reverse("makers:houses", args=[troupe.own.pk])
    given = {"full_name": "Aminah", "salutation": "ibu", "phone": "0812 1111 2222", "hamlet": "Dasan"}
    assert officer.post(url, given).url == url
    house = Household.objects.get()
    assert (house.person.full_name, house.hamlet, house.maker) == ("Aminah", "Dasan", troupe.own)
    officer.post(url, given)
    assert Household.objects.count() == 1
    assert "Aminah" in words(officer.get(url))
    officer.post(reverse("makers:house_leaves", args=[troupe.own.pk, house.pk]))
    assert "left on" in words(officer.get(url))


def test_a_household_of_another_group_is_refused_in_the_form(officer, troupe):
    household(group("Beriuk Maju"), person("Aminah", phone="+6281211112222"))
    given = {"full_name": "Aminah", "salutation": "ibu", "phone": "0812 1111 2222"}
    response = officer.post(reverse("makers:houses", args=[troupe.own.pk]), given)
    assert response.context["form"].non_field_errors() == [
        "This person's house already counts in Beriuk Maju. A household counts once."
    ]


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
    assert [each.sentence for each in reversed(told(latest_records()))] == [
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
