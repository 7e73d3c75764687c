from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from foundation import clock, formats
from lumbung.certification import actions
from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.certification.tests.factories import certificate, scheme, skill
from lumbung.makers.tests.factories import good, group, household, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.tests.factories import person
from lumbung.records.models import Record
from lumbung.records.queries import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def troupe():
    village()
    people = cast()
    people.here = good(maker("Jahit Sahnim", owner=person("Sahnim")))
    people.far = good(group("Beriuk", village=village("52.02.01.2001", "Kuta")))
    people.held = certificate(people.here)
    people.far_held = certificate(household(people.far.maker, person("Aminah")).person)
    scheme()
    return people


@pytest.fixture
def officer(client, troupe):
    client.force_login(troupe.officer)
    return client


def words(response) -> str:
    return response.content.decode()


KEEPERS = {"officer", "regency_officer"}
OFFICE = {*KEEPERS, "decider", "treasurer", "inspector", "auditor", "data_protection_officer"}


def test_pages_about_certificates_open_to_those_who_need_them(client, troupe):
    pages = {
        reverse("certification:schemes"): {"officer"},
        reverse("certification:expiring"): OFFICE,
        reverse("certification:new", args=[troupe.here.maker_id]): KEEPERS,
        reverse("certification:new", args=[troupe.far.maker_id]): {"officer"},
        reverse("certification:revoke", args=[troupe.held.pk]): KEEPERS,
        reverse("certification:revoke", args=[troupe.far_held.pk]): {"officer"},
    }
    for url, roles in pages.items():
        assert client.get(url).url.startswith(reverse("account_login"))
        for role, who in troupe.everybody():
            client.force_login(who)
            for method in (client.get, client.post):
                status = method(url).status_code
                if status != 405:
                    assert (status == 200) == (role in roles), (url, role, method)
        client.logout()


def test_schemes_are_listed_and_added(officer):
    url = reverse("certification:schemes")
    assert "Halal (en)" in words(officer.get(url))
    officer.post(url, {"name": "Penjahit", "name_en": "Tailor", "covers": "skill"})
    assert Scheme.objects.get(code="penjahit").covers == Covers.SKILL
    again = officer.post(url, {"name": "Penjahit", "name_en": "Tailor", "covers": "skill"})
    assert again.context["form"].errors == {"name": ["This scheme stands in the list already."]}


def given(holder_key: str, **more: str) -> dict[str, str]:
    values = {
        "scheme": "halal",
        "holder": holder_key,
        "number": "ID-1",
        "valid_from": "1/1/2026",
        "valid_until": "",
    }
    return values | more


def test_a_certificate_is_written_down_once_however_often_it_is_sent(officer, troupe):
    url = reverse("certification:new", args=[troupe.here.maker_id])
    assert "Sahnim" in words(officer.get(url))
    for _ in range(2):
        response = officer.post(url, given(f"good:{troupe.here.pk}", once="abc"))
        assert response.url == troupe.here.maker.get_absolute_url()
    held = HeldCertificate.objects.get(number="ID-1")
    assert (held.good, held.person, held.valid_until) == (troupe.here, None, None)


def test_a_skill_is_written_down_for_a_person(officer, troupe):
    skill()
    url = reverse("certification:new", args=[troupe.here.maker_id])
    owner = troupe.here.maker.owner
    officer.post(url, given(owner.key, scheme="menjahit", valid_until="31/12/2027"))
    assert HeldCertificate.objects.get(number="ID-1").person == owner


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"number": ""}, "number"),
        ({"valid_from": "1/1/2190"}, "valid_from"),
        ({"valid_until": "1/1/2020"}, "valid_until"),
        ({"valid_until": "soon"}, "valid_until"),
        ({"holder": "person:999999"}, "holder"),
        ({"scheme": "menjahit"}, "holder"),
        ({"scheme": ""}, "scheme"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(officer, troupe, more, field):
    skill()
    url = reverse("certification:new", args=[troupe.here.maker_id])
    response = officer.post(url, given(f"good:{troupe.here.pk}", **more))
    assert set(response.context["form"].errors) == {field}


def test_a_number_that_somebody_else_holds_is_refused(officer, troupe):
    certificate(good(), number="ID-1")
    response = officer.post(
        reverse("certification:new", args=[troupe.here.maker_id]), given(f"good:{troupe.here.pk}")
    )
    assert response.context["form"].errors == {
        "number": ["Somebody else holds a certificate with this number."]
    }


def test_a_revoked_certificate_says_why(officer, troupe):
    url = reverse("certification:revoke", args=[troupe.held.pk])
    assert "This field is required." in words(officer.post(url, {"reason": ""}))
    assert officer.post(url, {"reason": "Bahan diganti"}).url == troupe.here.maker.get_absolute_url()
    assert "Bahan diganti" in words(officer.get(url))
    assert "Bahan diganti" in words(officer.get(troupe.here.maker.get_absolute_url()))


def test_a_persons_certificate_leads_to_the_group_of_the_house(officer, troupe):
    url = reverse("certification:revoke", args=[troupe.far_held.pk])
    assert officer.post(url, {"reason": "Palsu"}).url == troupe.far.maker.get_absolute_url()


def test_certificates_that_end_soon_are_listed_among_those_one_sees(client, troupe):
    certificate(troupe.here, days=10, number="SOON")
    certificate(troupe.far, days=10, number="FAR")
    client.force_login(troupe.officer)
    page = words(client.get(reverse("certification:expiring")))
    assert "SOON" in page
    assert "FAR" in page
    client.force_login(troupe.regency_officer)
    page = words(client.get(reverse("certification:expiring")))
    assert "SOON" in page
    assert "FAR" not in page


def test_when_none_ends_soon_the_page_says_so(officer):
    assert "No certificate ends soon" in words(officer.get(reverse("certification:expiring")))


def test_a_long_list_is_read_page_by_page(officer, troupe, monkeypatch):
    monkeypatch.setattr("lumbung.certification.views.EXPIRING_SHOWN", 2)
    certificate(troupe.here, number="FIRST", days=10)
    certificate(troupe.here, number="SECOND", days=11)
    certificate(troupe.here, number="THIRD", days=11)
    first = officer.get(reverse("certification:expiring"))
    second = officer.get(reverse("certification:expiring") + first.context["page"].next_url)
    assert "1–2 of 3" in words(first)
    assert "3–3 of 3" in words(second)
    assert ("SECOND" in words(first), "THIRD" in words(first), "THIRD" in words(second)) == (
        True,
        False,
        True,
    )
    back = officer.get(reverse("certification:expiring") + second.context["page"].previous_url)
    assert back.context["rows"] == first.context["rows"]


def test_a_makers_page_tells_its_certificates_with_their_states(officer, troupe):
    certificate(troupe.here.maker.owner, days=30)
    page = words(officer.get(troupe.here.maker.get_absolute_url()))
    assert "Expiring soon" in page
    assert formats.day_full(clock.today() + timedelta(days=365)) in page
    assert "Write down a certificate" in page


def test_every_deed_about_certificates_sounds_like_a_sentence(troupe):
    by = troupe.officer.key
    tailor = actions.add_scheme(name="Penjahit", name_en="Tailor", covers=Covers.SKILL, by=by)
    who = person("Rohani")
    held = actions.grant_certificate(scheme=tailor, number="1", valid_from=clock.today(), person=who, by=by)
    actions.grant_certificates(
        [actions.NewCertificate(scheme(), "2", clock.today(), good=troupe.here)], by=by
    )
    product = HeldCertificate.objects.get(number="2")
    actions.revoke_certificate(certificate=held, reason="x", by=by)
    actions.revoke_certificate(certificate=product, reason="x", by=by)
    assert [each.sentence for each in told(Record.objects.order_by("id"))] == [
        "The scheme Penjahit was added.",
        "The certificate Tailor, Rohani was written down.",
        "1 certificates were written down at once.",
        "The certificate Tailor, Rohani was revoked.",
        "The certificate Halal (en), Jahit Sahnim was revoked.",
    ]
