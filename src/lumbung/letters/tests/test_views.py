import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from lumbung.files.queries import path_of
from lumbung.letters.actions import void_letter
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter, Letterhead, NumberPattern
from lumbung.letters.rules.issuing import code_shown, secret_of
from lumbung.letters.tests.factories import HEAD, MAKER, head, letter
from lumbung.organisations.tests.factories import cast, party

pytestmark = pytest.mark.django_db

OFFICE = {
    "officer",
    "regency_officer",
    "decider",
    "treasurer",
    "inspector",
    "auditor",
    "data_protection_officer",
}
WRITERS = {"officer", "decider"}
TYPED = {
    "title": "Undangan musyawarah",
    "recipients": "Para kapten\nKepala desa",
    "event": "Musyawarah",
    "held_on": "1/6/2026",
    "hours": "09.00",
    "place": "Aula",
}


def status(answer):
    """The status, with the answer read to its end, so that no file stays open."""
    answer.getvalue() if answer.streaming else answer.content
    return answer.status_code


def test_address_by_address_role_by_role(client):
    all_ = cast()
    own = letter(all_.office)
    foreign = letter(party("Dinas Lain"))
    ways = {
        reverse("letters:list"): (OFFICE, 200, 403),
        reverse("letters:sheet"): (OFFICE, 200, 403),
        own.get_absolute_url(): (OFFICE, 200, 403),
        reverse("letters:pdf", args=[own.pk]): (OFFICE, 200, 404),
        reverse("letters:void", args=[own.pk]): (WRITERS, 200, 403),
        reverse("letters:kinds"): (WRITERS, 200, 403),
        reverse("letters:write", args=["invitation"]): (WRITERS, 200, 403),
        reverse("letters:head"): ({"decider"}, 200, 403),
        reverse("letters:new_head"): ({"decider"}, 200, 403),
        reverse("letters:pattern", args=["spk"]): ({"decider"}, 200, 403),
        foreign.get_absolute_url(): (OFFICE, 404, 403),
        reverse("letters:pdf", args=[foreign.pk]): (set(), 200, 404),
        reverse("letters:void", args=[foreign.pk]): (WRITERS, 404, 403),
        reverse("letters:write", args=["spk"]): (WRITERS, 404, 403),
        reverse("letters:ask"): (OFFICE, 200, 200),
        reverse("letters:check", args=[secret_of(foreign)]): (OFFICE, 200, 200),
    }
    for role, who in all_.everybody():
        client.force_login(who)
        for url, (allowed, opens, stays_shut) in ways.items():
            expected = opens if role in allowed else stays_shut
            assert status(client.get(url)) == expected, (role, url)
    client.logout()
    for url, (_allowed, _opens, stays_shut) in ways.items():
        assert status(client.get(url)) == (200 if stays_shut == 200 else 302), url


@pytest.mark.parametrize("deed", ["void", "write", "new_head", "pattern"])
def test_who_may_not_does_nothing_by_sending_the_form(client, deed):
    all_ = cast()
    issued = letter(all_.office)
    ways = {
        "void": (reverse("letters:void", args=[issued.pk]), {"reason": "Salah."}),
        "write": (reverse("letters:write", args=["invitation"]), TYPED),
        "new_head": (reverse("letters:new_head"), {**HEAD.columns(), "starts_on": "1/1/2999"}),
        "pattern": (reverse("letters:pattern", args=["spk"]), {"pattern": "{nomor}/SPK/{tahun}"}),
    }
    allowed = WRITERS if deed in ("void", "write") else {"decider"}
    url, typed = ways[deed]
    for role, who in all_.everybody():
        if role not in allowed:
            client.force_login(who)
            assert client.post(url, typed).status_code == 403, role
    assert (Letter.objects.filter(voided_at=None).count(), Letter.objects.count()) == (1, 1)
    assert (Letterhead.objects.count(), NumberPattern.objects.count()) == (1, 0)


def test_the_list_shows_own_letters_narrowed_and_sorted(client):
    all_ = cast()
    first, second = letter(all_.office, title="Kapten"), letter(all_.office, LetterKind.ASSIGNMENT)
    letter(party("Dinas Lain"), title="Rahasia orang lain")
    client.force_login(all_.auditor)

    def page(**asked):
        return client.get(reverse("letters:list"), asked).content.decode()

    assert "Rahasia" not in page()
    assert page().index(second.number) < page().index(first.number)
    assert page(sort="oldest").index(first.number) < page(sort="oldest").index(second.number)
    assert second.number not in page(q="kapten")
    assert "Tidak ada surat yang cocok" in page(year=first.year, state="voided")
    assert first.number in page(year="x", kind="y")
    assert reverse("letters:kinds") not in page()


def test_a_list_costs_as_many_queries_with_one_letter_as_with_many(client):
    all_ = cast()
    client.force_login(all_.officer)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("letters:list"))
        return len(asked)

    letter(all_.office)
    cost()
    one = cost()
    for _ in range(6):
        letter(all_.office)
    assert cost() == one


def test_a_letter_is_written_looked_at_and_issued_once(client):
    all_ = cast()
    head(all_.office)
    client.force_login(all_.officer)
    url = reverse("letters:write", args=["invitation"])
    seen = client.post(url, {**TYPED, "preview": "1"})
    assert seen["Content-Type"] == "application/pdf"
    assert seen.content.startswith(b"%PDF-")
    assert not Letter.objects.exists()
    answers = [client.post(url, {**TYPED, "once": "abc"}) for _ in range(2)]
    issued = Letter.objects.get()
    assert [answer.url for answer in answers] == [issued.get_absolute_url()] * 2
    assert issued.content["recipients"] == ["Para kapten", "Kepala desa"]
    assert issued.issued_by == all_.officer.key
    page = client.get(issued.get_absolute_url()).content.decode()
    assert "Para kapten" in page
    assert code_shown(secret_of(issued)) in page


def test_officials_and_guests_are_read_line_by_line(client):
    all_ = cast()
    head(all_.office)
    client.force_login(all_.officer)
    assignment = {
        "title": "Tugas", "basis": "DPA 2026", "officials": "Rohani; 1980; Analis\nWirawan", "task": "Periksa",
        "place": "Desa", "starts_on": "1/6/2026", "ends_on": "2/6/2026",
    }  # fmt: skip
    client.post(reverse("letters:write", args=["assignment"]), assignment)
    guests = {**TYPED, "people": "Sahnim; penjahit; Contoh Daya", "empty_rows": "3"}
    client.post(reverse("letters:write", args=["attendance"]), guests)
    sent, listed = Letter.objects.order_by("pk")
    assert sent.content["officials"] == [
        {"name": "Rohani", "nip": "1980", "position": "Analis"},
        {"name": "Wirawan", "nip": "", "position": ""},
    ]
    assert listed.content["people"] == [{"name": "Sahnim", "role": "penjahit", "address": "Contoh Daya"}]


def test_what_cannot_stand_is_told_at_its_field_and_nothing_is_lost(client):
    all_ = cast()
    head(all_.office)
    client.force_login(all_.officer)
    wrong = {
        "title": "Tugas", "basis": "DPA", "officials": "Rohani", "task": "Periksa", "place": "Desa",
        "starts_on": "2/6/2026", "ends_on": "1/6/2026",
    }  # fmt: skip
    for button in ({}, {"preview": "1"}):
        page = client.post(reverse("letters:write", args=["assignment"]), wrong | button).content.decode()
        assert 'id="id_ends_on_error"' in page
        assert "Periksa" in page
    assert not Letter.objects.exists()


def test_a_voided_letter_says_why_and_is_written_anew(client):
    all_ = cast()
    old = letter(all_.office)
    client.force_login(all_.decider)
    client.post(reverse("letters:void", args=[old.pk]), {"reason": "Salah hari."})
    page = client.get(old.get_absolute_url()).content.decode()
    assert "Salah hari." in page
    again = f"{reverse('letters:write', args=['invitation'])}?pengganti={old.pk}"
    assert again in page
    assert "Para kapten" in client.get(again).content.decode()
    client.post(again, TYPED)
    new = Letter.objects.get(replaces=old)
    assert new.number in client.get(old.get_absolute_url()).content.decode()
    assert client.get(again).status_code == 404
    assert client.get(f"{reverse('letters:write', args=['invitation'])}?pengganti=x").status_code == 404


def test_the_head_of_office_sets_letterhead_and_pattern(client):
    all_ = cast()
    client.force_login(all_.decider)
    today = clock.today()
    typed = {**HEAD.columns(), "starts_on": f"{today.day}/{today.month}/{today.year}"}
    assert client.post(reverse("letters:new_head"), typed).status_code == 302
    client.post(reverse("letters:pattern", args=["spk"]), {"pattern": "510/{nomor:04}/{tahun}"})
    page = client.get(reverse("letters:head")).content.decode()
    assert HEAD.signer_name in page
    assert f"510/0001/{today.year}" in page
    assert "510/{nomor:04}/{tahun}" in page
    wrong = client.post(reverse("letters:pattern", args=["spk"]), {"pattern": "{nomor}/{apa}/{tahun}"})
    assert "{apa}" in wrong.content.decode()
    assert client.get(reverse("letters:pattern", args=["apa"])).status_code == 404


# What everybody may ask


def test_the_check_says_who_issued_it_and_names_nobody(client):
    issued = letter(party(), LetterKind.ORDER, title="SPK untuk Sahnim", subject="share:7")
    page = client.get(reverse("letters:check", args=[secret_of(issued)]))
    text = page.content.decode()
    assert "Surat ini dikeluarkan oleh Dinas Contoh." in text
    assert issued.number in text
    assert issued.sha256 in text
    assert "Sahnim" not in text
    assert MAKER.address not in text
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


def test_the_check_says_voided_without_the_reason_and_with_the_new_number(client):
    office = party()
    old = letter(office, LetterKind.ORDER, subject="share:7")
    void_letter(letter=old, reason="Nama Sahnim keliru.", by="person:1")
    new = letter(office, LetterKind.ORDER, subject="share:7", replaces=old)
    text = client.get(reverse("letters:check", args=[secret_of(old)])).content.decode()
    assert "dan dibatalkan pada" in text
    assert new.number in text
    assert "keliru" not in text


def test_a_pdf_in_hand_is_the_same_or_changed(client):
    issued = letter(party())
    url = reverse("letters:check", args=[secret_of(issued)])
    pdf = path_of(issued.sha256).read_bytes()

    def verdict(content):
        return client.post(url, {"file": SimpleUploadedFile("surat.pdf", content)}).content.decode()

    assert "Sama." in verdict(pdf)
    assert "Berubah." in verdict(pdf[:-1] + b"x")
    assert "10 MB" in verdict(b"x" * (10 * 1024 * 1024 + 1))


def test_number_and_code_lead_to_the_check_and_wrong_ones_do_not():
    client = Client(enforce_csrf_checks=True)
    issued = letter(party())
    code, url = code_shown(secret_of(issued)), reverse("letters:ask")
    right = client.post(url, {"number": f" {issued.number.lower()} ", "code": code})
    assert "Surat ini dikeluarkan" in client.get(right.url).content.decode()
    for wrong in (
        {"number": "001/X/2026", "code": code},
        {"number": issued.number, "code": "ABCD-EFGH-JKMN-PQRS"},
    ):
        answer = client.post(url, wrong)
        assert answer.status_code == 404
        assert "Tidak dikenal" in answer.content.decode()
    assert client.get(reverse("letters:check", args=["tidak-ada"])).status_code == 404
    assert client.post(url, {}).status_code == 200


def test_a_flood_of_checks_is_slowed_down(client, settings):
    settings.RATES_PER_MINUTE = {**settings.RATES_PER_MINUTE, "check": 2}
    assert [client.get(reverse("letters:ask")).status_code for _ in range(3)] == [200, 200, 429]
