import pytest
from django.urls import reverse

from lumbung.makers.choices import MakerState
from lumbung.makers.models import Household, Maker
from lumbung.makers.tests.factories import group, household, village
from lumbung.makers.tests.test_views.words import KUTA, words
from lumbung.people.models import Person, PersonalRead
from lumbung.people.tests.factories import person

pytestmark = pytest.mark.django_db


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
            "No village is called “Xyzzyx”. Check the spelling, or write its official code.",
        ),
        (
            {"last_made_on": "31/02/2026"},
            "last_made_on",
            "“31/02/2026” is not in the calendar. Write day/month/year.",
        ),
        (
            {"last_made_on": "1/1/2999"},
            "last_made_on",
            "“1/1/2999” lies too far away. Write a year from 1900 to 2199.",
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
    assert asked.context["form"].errors == {"village": ["Several villages are called so. Choose one below."]}
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
