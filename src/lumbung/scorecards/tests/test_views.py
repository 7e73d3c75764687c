from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.models import Work
from lumbung.makers.models import Maker
from lumbung.money.tests import factories as money
from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import cast
from lumbung.people.models import PersonalRead
from lumbung.people.tests.factories import person
from lumbung.scorecards import actions
from lumbung.scorecards.choices import Measure
from lumbung.scorecards.models import Asked, Flag, Remark, Shown
from lumbung.scorecards.tests import factories as make

pytestmark = pytest.mark.django_db

READERS = {"officer", "decider", "inspector", "auditor"}
DECIDERS = {"officer", "decider"}


@pytest.fixture
def troupe():
    orders.village()
    people = cast()
    people.own = orders.tailor("Jahit Sendiri", owner=people.maker)
    people.other = orders.tailor("Jahit Lain")
    for maker in (people.own, people.other):
        Maker.objects.filter(pk=maker.pk).update(search_text=maker.party.name.lower())
        make.finished(maker, 100, rework=10)
    people.flag = make.flag(people.own)
    people.remark = actions.make_remark(
        maker=people.own, kind=orders.masks(), about=Measure.REWORK, words="Angkanya salah.", by="link:1"
    )
    return people


def as_(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def words(response) -> str:
    return response.content.decode()


def at(name: str, *args: object) -> str:
    return reverse(f"scorecards:{name}", args=args)


def test_pages_open_to_those_who_need_them(client, troupe):
    own, other = troupe.own.pk, troupe.other.pk
    pages = {
        at("list"): READERS,
        at("export"): READERS,
        at("remarks"): READERS,
        at("remarks_export"): READERS,
        at("answer", troupe.remark.pk): READERS,
        at("flags"): READERS,
        at("flags_export"): READERS,
        at("flag", troupe.flag.pk): READERS,
        at("idle"): READERS,
        at("idle_export"): READERS,
        at("record", own): READERS | {"maker"},
        at("record", other): READERS,
        at("remark", own): {"maker"},
        at("remark", other): set(),
    }
    for url, roles in pages.items():
        assert client.get(url).url.startswith(reverse("account_login")), url
        for role, who in troupe.everybody():
            assert (as_(who).get(url).status_code == 200) == (role in roles), (url, role)


def test_buttons_do_something_only_for_those_who_may(troupe):
    Maker.objects.filter(pk=troupe.other.pk).update(registered_at=clock.now() - timedelta(days=400))
    pages = {
        at("look"): DECIDERS,
        at("read", troupe.own.pk): {"maker"},
        at("read", troupe.other.pk): set(),
    }
    for url, roles in pages.items():
        for role, who in troupe.everybody():
            assert (as_(who).post(url).status_code == 302) == (role in roles), (url, role)


def test_the_office_sees_the_numbers_once_the_maker_pressed_the_button(troupe):
    url = at("record", troupe.own.pk)
    assert "has not read the own numbers yet" in words(as_(troupe.officer).get(url))
    assert "90 of 100" not in words(as_(troupe.officer).get(url))
    own = as_(troupe.maker)
    assert "90 of 100" in words(own.get(url))
    own.post(at("read", troupe.own.pk))
    assert "90 of 100" in words(as_(troupe.officer).get(url))
    assert Shown.objects.get().through == "account"


def test_a_maker_with_an_account_says_what_is_not_right_and_reads_the_answer(troupe):
    own, officer = as_(troupe.maker), as_(troupe.officer)
    given = {"kind": "masker-kain", "about": "on_time", "words": "Saya antar tepat waktu."}
    assert own.post(at("remark", troupe.own.pk), given).status_code == 302
    remark = Remark.objects.get(about="on_time")
    answered = {"outcome": "corrected", "reason": "Tanggalnya sudah dibetulkan."}
    assert officer.post(at("answer", remark.pk), answered).status_code == 302
    assert "Tanggalnya sudah dibetulkan." in words(own.get(at("record", troupe.own.pk)))


def test_an_auditor_reads_a_flag_and_decides_nothing(troupe):
    url = at("flag", troupe.flag.pk)
    given = {"decision": "nothing", "reason": "Sudah dilihat di tempat."}
    assert words(as_(troupe.auditor).post(url, given)).count("Keep the decision") == 0
    assert Flag.objects.get(pk=troupe.flag.pk).is_open
    assert as_(troupe.officer).post(url, given).status_code == 302
    page = words(as_(troupe.auditor).get(url))
    assert "Nothing to it" in page
    assert "Sudah dilihat di tempat." in page


def test_a_flag_never_stands_on_the_makers_own_page(troupe):
    assert "Sudden jump" in words(as_(troupe.officer).get(troupe.own.get_absolute_url()))
    assert "Sudden jump" not in words(as_(troupe.maker).get(troupe.own.get_absolute_url()))
    assert "Sudden jump" not in words(as_(troupe.maker).get(reverse("makers:mine")))


def test_lists_are_narrowed(troupe):
    officer = as_(troupe.officer)
    make.flag(troupe.other, evidence="lain")
    page = officer.get(at("flags"), {"text": "lain"}).context["page"]
    assert [list(flag.makers.all()) for flag in page.rows] == [[troupe.other]]
    assert officer.get(at("flags"), {"state": "decided"}).context["page"].rows == []
    assert officer.get(at("flags"), {"kind": "same_photo"}).context["page"].rows == []
    assert officer.get(at("list"), {"text": "sendiri"}).context["page"].rows == [troupe.own]
    assert (
        officer.get(at("list"), {"kind": "lain"}).context["page"].total == 2
    )  # no such kind narrows nothing
    assert officer.get(at("remarks"), {"state": "decided"}).context["page"].rows == []


def test_the_button_looks_at_all_deliveries(troupe, django_capture_on_commit_callbacks):
    odd = orders.tailor("Jahit Cepat", weekly=10)
    make.finished(odd, 400)
    with django_capture_on_commit_callbacks(execute=True):
        as_(troupe.officer).post(at("look"))
    assert Work.objects.exists()
    assert Flag.objects.filter(makers=odd).count() == 1


def test_makers_without_work_stand_in_the_list_and_are_written_to(troupe):
    old = clock.now() - timedelta(days=100)
    idle = orders.tailor("Jahit Sepi", owner=person("Aminah", phone="+628120001234"), registered_at=old)
    orders.tailor("Jahit Baru")
    busy = orders.tailor("Jahit Sibuk", registered_at=old)
    make.confirmed(busy)
    officer = as_(troupe.officer)
    assert officer.get(at("idle")).context["page"].rows == [idle]
    assert officer.get(at("idle"), {"history": "had"}).context["page"].rows == []
    answer = officer.post(at("ask", idle.pk))
    assert answer["Location"].startswith("https://wa.me/628120001234?text=")
    assert Asked.objects.get().maker == idle
    assert list(PersonalRead.objects.get().persons.all()) == [idle.owner]
    assert officer.post(at("ask", busy.pk)).status_code == 404
    assert as_(troupe.auditor).post(at("ask", idle.pk)).status_code == 403


# By link


@pytest.fixture
def link():
    maker = orders.tailor("Jahit Sahnim")
    delivery = make.finished(maker, 100, rework=10)
    found, secret = orders.link_to(delivery.share)
    return found, f"/b/{secret}/rekam-jejak/", delivery


def test_looking_by_link_changes_nothing_and_the_button_asks_the_digits(client, link):
    found, address, _delivery = link
    assert "90 of 100" in words(client.get(address))
    assert client.get(f"{address}baca/").status_code == 200
    assert not Shown.objects.exists()
    wrong = "0000" if found.person.phone[-4:] != "0000" else "1111"
    assert client.post(f"{address}baca/", {"digits": wrong}).status_code == 200
    assert not Shown.objects.exists()
    assert client.post(f"{address}baca/", {"digits": found.person.phone[-4:]}).status_code == 302
    assert Shown.objects.get().through == "link"


def test_by_link_a_maker_says_what_is_not_right(client, link):
    found, address, _delivery = link
    given = {
        "kind": "masker-kain",
        "about": "rework",
        "words": "Hanya tujuh yang kembali.",
        "digits": found.person.phone[-4:],
    }
    assert client.post(f"{address}keterangan/", given).status_code == 302
    assert "Hanya tujuh yang kembali." in words(client.get(address))


def test_an_unknown_secret_opens_nothing(client):
    assert client.get("/b/ABCDEFGHJKMNPQRS/rekam-jejak/").status_code == 404


def test_after_the_order_the_link_thanks_and_tells_what_was_earned_and_what_is_next(client, link):
    _found, address, delivery = link
    share = delivery.share
    money.due(share=share.key, of=share.maker.party, amount=297_000)
    following = orders.line(orders.order(title="Masker untuk sekolah"), quantity=500)
    page = words(client.get(address.removesuffix("rekam-jejak/")))
    assert "Thank you: everything has arrived" in page
    assert "Rp297.000" in page or "Rp297,000" in page
    assert following.order.title in page


def test_while_pieces_are_still_to_come_nobody_is_thanked(client):
    share = make.confirmed(orders.tailor())
    _found, secret = orders.link_to(share)
    assert "everything has arrived" not in words(client.get(f"/b/{secret}/"))


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_lists_ask_as_often_with_one_row_as_with_many(troupe):
    officer = as_(troupe.officer)
    old = clock.now() - timedelta(days=100)
    orders.tailor("Sepi", registered_at=old)
    urls = [at(name) for name in ("list", "flags", "remarks", "idle")]
    before = [queries_of(officer, url) for url in urls]
    for number in range(6):
        maker = orders.tailor(f"Jahit {number}")
        make.finished(maker)
        make.flag(maker)
        orders.tailor(f"Sepi {number}", registered_at=old)
        actions.make_remark(
            maker=maker, kind=orders.masks(), about=Measure.FIRST, words="Angkanya salah.", by="link:1"
        )
    assert [queries_of(officer, url) for url in urls] == before
