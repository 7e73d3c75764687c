"""Anybody objects in public or by link and follows it; the office answers; who sees what."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from foundation import clock
from lumbung.objections.actions import objecting as actions
from lumbung.objections.choices import ObjectionState
from lumbung.objections.models import Objection, ObjectionAnswer
from lumbung.objections.tests.objecting import ANSWER, PHONE, filed, line_decided_by, link_address
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.orders.tests.offering import everything_kept, offered, phone, text_of
from lumbung.organisations.tests.factories import Cast, member, party
from lumbung.people.actions import revoke_link
from lumbung.people.choices import Officer
from lumbung.people.models import Link, PersonalRead

pytestmark = pytest.mark.django_db
TYPED = {
    "about": "not_chosen",
    "words": "Saya tidak mendapat bagian, padahal kapasitas saya cukup.",
    "full_name": "Sahnim",
    "phone": PHONE,
    "maker_typed": "Mamben Daya",
}
WORDS = "Angkanya masih salah menurut saya."


def public_form(code: str) -> str:
    return f"/kuota/{code}/keberatan/"


# In public


def test_a_visitor_objects_and_gets_a_number_and_a_link() -> None:
    line = line_decided_by()
    page = phone().post(public_form(line.order.code), TYPED, follow=True)
    objection = Objection.objects.get()
    assert page.redirect_chain[-1][0] == link_address(objection)
    html = text_of(page)
    for told in (objection.code, "Waiting for an answer", "Keep this link.", "wa.me/?text="):
        assert told in html
    assert objection.person.phone == "+6281234567890"
    assert objection.maker_typed == "Mamben Daya"


def test_sending_twice_files_once_and_leads_to_the_same_link() -> None:
    line = line_decided_by()
    client, address = phone(), public_form(line.order.code)
    token = re.search(r'name="once" value="([^"]+)"', text_of(client.get(address)))
    assert token
    sent = TYPED | {"once": token[1]}
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.url == second.url
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("words", "tidak", "in a sentence"),
        ("words", "", "required"),
        ("full_name", "", "required"),
        ("phone", "12", "id_phone_error"),
        ("phone", "", "required"),
        ("about", "jatah", "id_about_error"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_lost(field: str, written: str, sentence: str) -> None:
    line = line_decided_by()
    html = text_of(phone().post(public_form(line.order.code), TYPED | {field: written}))
    assert sentence in html
    assert f'id="id_{field}_error"' in html
    assert "Mamben Daya" in html
    assert not Objection.objects.exists()


def test_only_published_orders_take_objections() -> None:
    draft = make.order(published=False)
    assert phone().get(public_form(draft.code)).status_code == 404


def test_the_form_says_the_term_and_until_when_it_is_in_time() -> None:
    line = line_decided_by()
    assert "within 5 working days" in text_of(phone().get(public_form(line.order.code)))
    with clock.set_to(clock.now() + timedelta(days=30)):
        assert "marked as late" in text_of(phone().get(public_form(line.order.code)))


def test_too_many_objections_from_one_address_are_slowed_down(settings: object) -> None:
    settings.RATES_PER_MINUTE = {"answer": 20, "public": 20, "objection": 2}  # type: ignore[attr-defined]
    line = line_decided_by()
    statuses = [phone().post(public_form(line.order.code), TYPED).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]


# From a maker's own link


def test_from_an_offer_only_four_digits_are_asked() -> None:
    found = offered(line=line_decided_by())
    html = text_of(phone().get(f"{found.address}keberatan/"))
    assert "Sahnim" in html
    assert 'name="phone"' not in html
    sent = {"about": "own_share", "words": WORDS, "digits": found.digits}
    page = phone().post(f"{found.address}keberatan/", sent, follow=True)
    objection = Objection.objects.get()
    assert (objection.maker, objection.person) == (found.share.maker, found.link.person)
    assert objection.code in text_of(page)


def test_wrong_digits_file_nothing_and_are_counted() -> None:
    found = offered(line=line_decided_by())
    sent = {"about": "own_share", "words": WORDS, "digits": "0000"}
    assert 'id="id_digits_error"' in text_of(phone().post(f"{found.address}keberatan/", sent))
    assert not Objection.objects.exists()
    assert Link.objects.get(pk=found.link.pk).wrong_digits == 1


# Following


def test_looking_changes_nothing_and_is_kept_from_search() -> None:
    objection = filed(line_decided_by().order)
    before = everything_kept()
    page = phone().get(link_address(objection))
    assert everything_kept() == before
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"


def test_an_unknown_or_withdrawn_link_tells_nothing() -> None:
    objection = filed(line_decided_by().order)
    address = link_address(objection)
    assert phone().get("/h/0000000000000000/").status_code == 404
    revoke_link(Link.objects.get(subject=objection.key), by="person:1")
    page = phone().get(address)
    assert page.status_code == 410
    assert objection.words not in text_of(page)


def answered(objection: Objection) -> ObjectionAnswer:
    return actions.answer_objection(objection=objection, by=member(Officer, party()).key, **ANSWER)


def test_the_answer_stands_at_the_link_and_one_more_word_goes_back() -> None:
    objection = filed(line_decided_by().order)
    address = link_address(objection)
    assert phone().get(f"{address}balas/").url == address
    answered(objection)
    assert ANSWER["reason"] in text_of(phone().get(address))
    digits = objection.person.phone[-4:]
    page = phone().post(f"{address}balas/", {"words": WORDS, "digits": digits}, follow=True)
    assert "being looked at again" in text_of(page)
    objection.refresh_from_db()
    assert (objection.state, objection.reply) == (ObjectionState.REPLIED, WORDS)


def test_it_is_taken_back_with_four_digits() -> None:
    objection = filed(line_decided_by().order)
    address = link_address(objection)
    assert 'id="id_digits_error"' in text_of(phone().post(f"{address}tarik/", {"digits": "9999"}))
    phone().post(f"{address}tarik/", {"digits": objection.person.phone[-4:]})
    objection.refresh_from_db()
    assert objection.state == ObjectionState.WITHDRAWN
    assert phone().get(f"{address}tarik/").url == address


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_late_objection_says_so(language: str) -> None:
    objection = filed(line_decided_by().order)
    Objection.objects.update(due_on=clock.today() - timedelta(days=2))
    html = text_of(phone(language).get(link_address(objection)))
    assert 'class="state dotted madder"' in html


def test_the_code_of_an_objection_opens_it_too() -> None:
    objection = filed(line_decided_by().order)
    address = link_address(objection)
    assert phone().post("/b/", {"code": address.split("/")[2].upper()}).url == address


# At the office


READERS = {"officer", "decider", "auditor", "data_protection_officer"}
ANSWERERS = {"officer", "decider"}


def test_who_reads_and_who_answers(people: Cast) -> None:
    line = line_decided_by()
    objection = filed(line.order)
    own = f"/pesanan/keberatan/{objection.code}/"
    pages = ["/pesanan/keberatan/", "/pesanan/keberatan/excel/", own]
    for role, who in people.everybody():
        client = office.signed_in(who)
        seen = 200 if role in READERS else 403
        assert [office.status_of(client.get(page)) for page in pages] == [seen] * 3, role
        deeds = [client.post(f"{own}{deed}/").status_code for deed in ("nomor", "kirim")]
        assert deeds == ([200, 302] if role in ANSWERERS else [403, 403]), role
        assert client.get(f"{own}nomor/").status_code in {403, 405}
    visitor = office.signed_in(None)
    assert all("/akun/" in visitor.get(page).url for page in pages)


def test_a_number_that_nobody_has_leads_nowhere(people: Cast) -> None:
    assert office.signed_in(people.officer).get("/pesanan/keberatan/KBR-1999-0001/").status_code == 404


def test_the_list_and_its_sheet_name_nobody(people: Cast) -> None:
    objection = filed(line_decided_by().order, full_name="Nama Rahasia", words="Kata rahasia yang panjang.")
    client = office.signed_in(people.officer)
    page = client.get("/pesanan/keberatan/")
    rows = office.rows_of(client.get("/pesanan/keberatan/excel/").getvalue())
    assert objection.code in text_of(page)
    assert rows[1][0] == objection.code
    for private in ("rahasia", "Rahasia", objection.person.phone[-4:]):
        assert private not in text_of(page)
        assert private not in str(rows)


def test_opening_an_objection_is_noted_and_the_phone_is_masked(people: Cast) -> None:
    objection = filed(line_decided_by().order)
    client = office.signed_in(people.auditor)
    html = text_of(client.get(f"/pesanan/keberatan/{objection.code}/"))
    assert "0812-3456-7890" not in html
    read = PersonalRead.objects.get()
    assert (read.reader, read.fields) == (people.auditor.key, "objection")
    shown = text_of(office.signed_in(people.officer).post(f"/pesanan/keberatan/{objection.code}/nomor/"))
    assert "0812-3456-7890" in shown
    assert PersonalRead.objects.filter(fields="phone, objection", persons=objection.person).count() == 1


def test_an_officer_answers_and_sends_it_by_whatsapp(people: Cast) -> None:
    objection = filed(line_decided_by().order)
    client, own = office.signed_in(people.officer), f"/pesanan/keberatan/{objection.code}/"
    page = client.post(own, {**ANSWER, "changed": "", "record": ""}, follow=True)
    assert "Send the answer by WhatsApp" in text_of(page)
    sent = client.post(f"{own}kirim/")
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith("https://wa.me/6281234567890?text=")
    text = unquote(sent.headers["Location"].partition("text=")[2])
    assert objection.code in text
    assert link_address(objection) in text
    assert len(text.splitlines()) <= 5
    assert ObjectionAnswer.objects.get().told_by == people.officer.key


def test_a_name_in_the_words_for_everybody_is_warned_of_and_may_be_confirmed(people: Cast) -> None:
    objection = filed(line_decided_by().order)
    client, own = office.signed_in(people.officer), f"/pesanan/keberatan/{objection.code}/"
    typed = {**ANSWER, "public_words": "Ibu Sahnim sudah menerima alasannya."}
    html = text_of(client.post(own, typed))
    assert 'id="id_public_words_error"' in html
    assert "Sahnim" in html
    assert client.post(own, typed | {"looked": "on"}).status_code == 302


def test_who_took_part_sees_the_reason_instead_of_the_form(people: Cast) -> None:
    objection = filed(line_decided_by(people.officer.key, people.decider.key).order)
    html = text_of(office.signed_in(people.officer).get(f"/pesanan/keberatan/{objection.code}/"))
    assert "You took part in this split" in html
    assert 'name="reason"' not in html
    refused = office.signed_in(people.officer).post(f"/pesanan/keberatan/{objection.code}/", ANSWER)
    assert refused.status_code == 200
    assert not ObjectionAnswer.objects.exists()


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_needs_no_more_queries_for_more_objections(
    many: int, people: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    order = line_decided_by().order
    for number in range(many):
        filed(order, phone=f"0812333344{number:02d}")
    client: Client = office.signed_in(people.officer)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        client.get("/pesanan/keberatan/")


def test_pages_of_the_list_go_on_behind_the_last_row(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.objections.queries.objections.ROWS", 2)
    order = line_decided_by().order
    numbers = [filed(order, phone=f"0812333344{n:02d}").code for n in range(3)]
    client = office.signed_in(people.officer)
    html = text_of(client.get("/pesanan/keberatan/"))
    assert numbers[0] not in html
    after = re.search(r'href="\?(after=[^"]+)"', html)
    assert after
    assert numbers[0] in text_of(client.get(f"/pesanan/keberatan/?{after[1]}"))


def test_the_list_stands_by_the_last_day_when_asked_and_excel_too(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbung.objections.queries.objections.ROWS", 2)
    order = line_decided_by().order
    filed_ones = [filed(order, phone=f"0812333344{n:02d}") for n in range(5)]
    for objection, days in zip(filed_ones, (3, 1, 2, 1, 0), strict=True):
        Objection.objects.filter(pk=objection.pk).update(due_on=clock.today() + timedelta(days=days))
    client = office.signed_in(people.officer)
    for sort, places in {"due": (4, 1, 3, 2, 0), "": (4, 3, 2, 1, 0), "person": (4, 3, 2, 1, 0)}.items():
        wanted = [filed_ones[place].code for place in places]
        pages = office.pages_of(client, "/pesanan/keberatan/", {"sort": sort})
        assert [row[0].code for page in pages for row in page["rows"]] == wanted
        rows = office.rows_of(client.get(pages[0]["excel"]).getvalue())
        assert [row[0] for row in rows[1:]] == wanted
