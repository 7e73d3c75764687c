"""The office sets and takes along the letters of an order; buyers, makers and links read their own; others none."""

import io
import zipfile

import pytest
from django.test import Client

from foundation import formats
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.letters.queries import letters_about
from lumbung.orders.actions.answering import accept_share, release_share
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as orders
from lumbung.orders.tests.offering import bundle_for, captain_of, everything_kept, offered, phone, text_of
from lumbung.orders.tests.office import queries_of, rows_of, signed_in, status_of
from lumbung.organisations.tests.factories import Cast
from lumbung.paperwork.actions import renew_letters
from lumbung.paperwork.tests import factories as make
from lumbung.paperwork.tests.factories import BY, SITE
from lumbung.people.actions import revoke_link

pytestmark = pytest.mark.django_db


def path(share: Share, tail: str = "") -> str:
    return f"/pesanan/{share.line.order.code}/surat/{tail}"


@pytest.fixture
def share(people: Cast) -> Share:
    """A share of the cast's buyer with its order letter, a delivery, an inspection and a payment without letters."""
    make.signing(people.office)
    share = make.held(make.line(buyer=people.buyers), 100)
    make.issued(make.order_of(share))
    make.inspected(make.delivered(share, 100))
    make.paid(share)
    return share


# Who opens what

PAGES = ["", "unduh/", "spk/", "spk/unduh/", "spk/pdf/", "receipt/", "terbit-sendiri/", "spk/ganti/"]
OTHERS = [404, 404, 404, 404, 404, 404, 403, 403]
ALLOWED = {
    "officer": [200] * 8,
    "decider": [200] * 8,
    "auditor": [200, 200, 200, 200, 200, 200, 403, 403],
    "data_protection_officer": [200, 200, 200, 200, 200, 200, 403, 403],
    "buyer": [200, 200, 200, 200, 200, 404, 403, 403],
    "nobody": [302] * 8,
}


def test_each_page_opens_for_whom_it_is(people: Cast, share: Share) -> None:
    found = {
        role: [status_of(signed_in(person).get(path(share, tail))) for tail in PAGES]
        for role, person in [*people.everybody(), ("nobody", None)]
    }
    assert found == {role: ALLOWED.get(role, OTHERS) for role in found}


def test_a_buyer_opens_nothing_of_an_order_of_somebody_else(people: Cast, share: Share) -> None:
    make.order_of(share).__class__.objects.update(buyer=orders.order().buyer)
    assert signed_in(people.buyer).get(path(share)).status_code == 404


def test_nobody_but_the_office_sets_letters(people: Cast, share: Share) -> None:
    for role, person in people.everybody():
        if role not in ("officer", "decider"):
            assert signed_in(person).post(path(share, "terbitkan/")).status_code == 403
    assert Letter.objects.count() == 1


def test_the_letters_of_another_office_are_not_set_from_here(people: Cast, share: Share) -> None:
    from lumbung.organisations.tests.factories import member, party
    from lumbung.people.choices import Officer

    stranger = signed_in(member(Officer, party("Dinas Lain")))
    assert stranger.post(path(share, "terbitkan/")).status_code == 404
    assert stranger.get(path(share, "spk/ganti/")).status_code == 404
    assert "Set the" not in text_of(stranger.get(path(share)))


# Setting and renewing


def test_one_button_sets_everything_that_is_missing(
    officer: Client, share: Share, django_capture_on_commit_callbacks
) -> None:
    assert "Set the 3 missing letters" in text_of(officer.get(path(share)))
    with django_capture_on_commit_callbacks(execute=True):
        work = officer.post(path(share, "terbitkan/"))
    assert officer.get(work.url).url == path(share)
    assert set(Letter.objects.values_list("kind", flat=True)) == {"spk", "bast", "inspection", "receipt"}
    html = text_of(officer.get(path(share)))
    assert "Set the" not in html


def test_without_letterhead_the_page_says_so_and_has_no_button(people: Cast) -> None:
    share = make.held(make.line(), 100)
    html = text_of(signed_in(people.officer).get(path(share)))
    assert "Dinas Perindustrian Contoh has no letterhead yet" in html
    assert "Set the" not in html
    assert "/surat/kop/ganti/" not in html
    assert "/surat/kop/ganti/" in text_of(signed_in(people.decider).get(path(share)))
    officer = signed_in(people.officer)
    assert "no letterhead" in text_of(officer.post(path(share, "terbitkan/"), follow=True))
    assert not Letter.objects.exists()


def test_a_letter_that_differs_is_shown_and_renewed_with_a_reason(
    officer: Client, share: Share, django_capture_on_commit_callbacks
) -> None:
    other = make.held(share.line, 50)
    make.issued(make.order_of(share))
    release_share(share=other, quantity=20, by=BY)
    assert "Says other than what stands now" in text_of(officer.get(path(share, "spk/?state=differs")))
    assert "required" in text_of(officer.post(path(share, "spk/ganti/"), {"reason": ""}))
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(path(share, "spk/ganti/"), {"reason": "20 dikembalikan"})
    assert Letter.objects.get(subject=other.key, voided_at=None).content["lines"][0]["quantity"] == 30
    assert "Every letter says what stands now" in text_of(officer.get(path(share, "spk/ganti/")))


def test_the_list_is_narrowed_by_name_and_state(officer: Client, share: Share) -> None:
    other = make.held(share.line, 50)
    html = text_of(officer.get(path(share, f"spk/?q={other.maker.party.name}")))
    assert other.maker.party.name in html
    assert f"bagian/{share.pk}/" not in html
    missing = text_of(officer.get(path(share, "spk/?state=missing")))
    assert f"bagian/{other.pk}/" in missing
    assert f"bagian/{share.pk}/" not in missing
    assert "No letter fits" in text_of(officer.get(path(share, "spk/?q=tidak-ada")))
    assert "Nothing here needs a letter yet" in text_of(
        officer.get(f"/pesanan/{make.line().order.code}/surat/spk/")
    )


def test_an_unknown_kind_is_no_page(officer: Client, share: Share) -> None:
    for kind in ("invitation", "lain"):
        assert officer.get(path(share, f"{kind}/")).status_code == 404
        assert officer.get(path(share, f"{kind}/pdf/")).status_code == 404


def test_a_page_asks_no_more_with_many_rows(officer: Client, share: Share) -> None:
    addresses = ["", "spk/", "bast/", "inspection/", "receipt/"]
    make.held(share.line, 20)
    few = [queries_of(officer, path(share, tail)) for tail in addresses]
    for _number in range(4):
        more = make.held(share.line, 30)
        make.inspected(make.delivered(more, 30), accepted=30, again=0, rejected=0)
        make.paid(more)
    assert [queries_of(officer, path(share, tail)) for tail in addresses] == few
    make.issued(make.order_of(share))
    again = [queries_of(officer, path(share, tail)) for tail in addresses]
    assert all(many <= one for many, one in zip(again, few, strict=True))


# Taking along


def test_the_pdfs_in_force_come_in_one_zip_under_their_numbers(officer: Client, share: Share) -> None:
    other = make.held(share.line, 50)
    make.issued(make.order_of(share), kinds=[LetterKind.ORDER])
    release_share(share=other, quantity=20, by=BY)
    renew_letters(order=make.order_of(share), kind=LetterKind.ORDER, reason="dikembalikan", by=BY, site=SITE)
    response = officer.get(path(share, "spk/pdf/"))
    assert response["Cache-Control"] == "private, no-store"
    archive = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    standing = Letter.objects.filter(kind="spk", voided_at=None)
    assert sorted(archive.namelist()) == sorted(f"{one.number.replace('/', '-')}.pdf" for one in standing)
    assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    assert officer.get(path(share, "spk/pdf/?bagian=2")).status_code == 404


def test_the_workbook_holds_every_row_with_its_letter(officer: Client, share: Share) -> None:
    content = officer.get(path(share, "spk/unduh/")).getvalue()
    letter = Letter.objects.get()
    assert rows_of(content)[1][:4] == [
        share.maker.party.name,
        f"100 sheets, {formats.rupiah(share.value_rupiah)}",
        "In force",
        letter.number,
    ]
    whole = officer.get(path(share, "unduh/")).getvalue()
    assert [len(rows_of(whole, tab)) for tab in range(4)] == [2, 2, 2, 2]


# Panels, readers, links


def test_the_pages_of_the_order_say_how_many_stand_and_lead_on(people: Cast, share: Share) -> None:
    office, buyer = (
        text_of(signed_in(who).get(f"/pesanan/{share.line.order.code}/"))
        for who in (people.officer, people.buyer)
    )
    assert "1 letter stands, 3 missing" in office
    assert "1 letter stands, 1 missing" in buyer
    assert path(share) in office
    draft = orders.order(published=False)
    assert "/surat/" not in text_of(signed_in(people.officer).get(f"/pesanan/{draft.code}/")).replace(
        'href="/surat/"', ""
    )


def test_a_buyer_reads_order_letters_and_delivery_records_alone(people: Cast, share: Share) -> None:
    make.issued(make.order_of(share))
    reads = {
        letter.kind: signed_in(people.buyer).get(f"/surat/{letter.pk}/pdf/").status_code
        for letter in Letter.objects.all()
    }
    assert reads == {"spk": 200, "bast": 200, "inspection": 404, "receipt": 404}


def test_a_maker_reads_every_letter_of_the_own_shares_and_no_other(people: Cast, share: Share) -> None:
    from lumbung.organisations.models import Membership
    from lumbung.people.choices import MakerRole

    maker = share.maker
    Membership.objects.create(person=maker.owner, party=maker.party, role=MakerRole.key)
    stranger = orders.tailor()
    make.issued(make.order_of(share))
    subjects = list(Letter.objects.values_list("subject", flat=True))
    assert len(letters_about(subjects, maker.owner)) == 4
    assert letters_about(subjects, stranger.owner) == []
    assert letters_about(subjects, None) == []


def accepted(people: Cast):
    make.signing(people.office)
    found = offered(100)
    accept_share(share=found.share, by=found.link.key)
    make.issued(make.order_of(found.share))
    return found, Letter.objects.get()


def test_by_link_a_maker_finds_the_letter_and_nothing_is_kept_on_the_way(people: Cast) -> None:
    found, letter = accepted(people)
    address = f"{found.address}surat/{letter.pk}/"
    assert address in text_of(phone().get(found.address))
    before = everything_kept()
    response = phone().get(address)
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert everything_kept() == before


def test_a_link_opens_no_letter_of_another_share_and_none_when_it_is_closed(people: Cast) -> None:
    found, letter = accepted(people)
    other = make.held(found.share.line, 20)
    theirs = make.issued(make.order_of(other))[0]
    assert phone().get(f"{found.address}surat/{theirs.pk}/").status_code == 404
    assert phone().get(f"/b/ABCDEFGHJKMNPQRS/surat/{letter.pk}/").status_code == 404
    revoke_link(found.link, by=BY)
    assert phone().get(f"{found.address}surat/{letter.pk}/").status_code == 410


def test_a_captain_opens_the_letters_of_the_group_by_the_bundle(people: Cast) -> None:
    found, letter = accepted(people)
    captain = captain_of(found.share.maker)
    link, address = bundle_for(captain, make.order_of(found.share))
    page = f"{address}{found.share.pk}/"
    assert f"{page}surat/{letter.pk}/" in text_of(phone().get(page))
    assert phone().get(f"{page}surat/{letter.pk}/").content.startswith(b"%PDF")
    assert letters_about([found.share.key], link) == [letter]
    assert letters_about([found.share.key], found.link) == [letter]


def test_a_voided_letter_is_not_listed_by_link(people: Cast) -> None:
    found, letter = accepted(people)
    release_share(share=found.share, quantity=100, by=BY)
    renew_letters(order=make.order_of(found.share), kind=LetterKind.ORDER, reason="kembali", by=BY, site=SITE)
    assert letter.number not in text_of(phone().get(found.address))


def test_the_own_workshop_lists_its_letters(people: Cast) -> None:
    found, letter = accepted(people)
    owner = found.share.maker.owner
    owner.has_account = True
    owner.save()
    html = text_of(signed_in(owner).get("/pelaku/saya/"))
    assert letter.number in html
    assert f"/surat/{letter.pk}/pdf/" in html
