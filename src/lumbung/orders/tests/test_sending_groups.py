"""One message a captain, one sheet a village."""

from collections.abc import Callable

import pytest
from django.test import Client

from foundation import clock, formats
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.queries.sending import queue_of
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import captain_of, quiet_line
from lumbung.orders.tests.sending import message, page, sending, waiting
from lumbung.organisations.tests.factories import Cast, member
from lumbung.people.choices import Captain, LinkPurpose
from lumbung.people.models import Link, Person, PersonalRead
from lumbung.people.queries import open_links
from lumbung.people.rules import secret_of

pytestmark = pytest.mark.django_db


# Captains


def group(line: OrderLine) -> tuple[Person, list[Share]]:
    shares = [waiting(line, "Beriuk", 300), waiting(line, "Genem", 200)]
    return captain_of(*(share.maker for share in shares)), shares


def test_a_captain_gets_one_message_for_all(officer: Client) -> None:
    line = quiet_line()
    captain, shares = group(line)
    html = page(officer, f"{sending(line.order)}?daftar=kapten")
    assert captain.addressed_as in html
    address = f"{sending(line.order)}kapten/{captain.pk}/"
    assert "Genem" in page(officer, address)
    path, lines = message(officer.post(address))
    assert path == f"/{captain.phone[1:]}"
    assert "2" in lines[0]
    assert "500" in lines[0]
    link = Link.objects.get(purpose=LinkPurpose.CAPTAIN_BUNDLE)
    assert f"http://testserver/k/{secret_of(link)}/" in lines
    assert {share.sent_through for share in Share.objects.all()} == {SentBy.CAPTAIN}
    assert PersonalRead.objects.get().persons.get() == captain
    assert len(shares) == 2


def test_a_bundle_sent_twice_has_one_link_and_one_term(officer: Client) -> None:
    line = quiet_line()
    captain, _shares = group(line)
    address = f"{sending(line.order)}kapten/{captain.pk}/"
    first, second = message(officer.post(address)), message(officer.post(address))
    assert first == second
    assert Link.objects.filter(purpose=LinkPurpose.CAPTAIN_BUNDLE).count() == 1


def test_the_captain_is_not_the_only_one_who_knows(officer: Client) -> None:
    line = quiet_line()
    captain, shares = group(line)
    address = f"{sending(line.order)}kapten/{captain.pk}/"
    officer.post(address)
    html = page(officer, address)
    for share in shares:
        assert f'action="{sending(line.order)}{share.pk}/"' in html
    term = Share.objects.get(pk=shares[0].pk).answer_until
    path, _lines = message(officer.post(f"{sending(line.order)}{shares[0].pk}/"))
    assert path == f"/{shares[0].maker.owner.phone[1:]}"
    assert Share.objects.get(pk=shares[0].pk).answer_until == term


def test_a_captain_who_owns_the_group_is_told_once(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, "Beriuk")
    member(Captain, share.maker.party, who=share.maker.owner)
    html = page(officer, f"{sending(line.order)}kapten/{share.maker.owner.pk}/")
    assert f"{sending(line.order)}{share.pk}/" not in html


def test_a_captain_without_a_phone_leaves_the_makers_own_phones(officer: Client) -> None:
    line = quiet_line()
    captain, shares = group(line)
    Person.objects.filter(pk=captain.pk).update(phone="")
    assert queue_of(line.order).by_way == {SentBy.WHATSAPP: 2}
    address = f"{sending(line.order)}kapten/{captain.pk}/"
    assert 'class="notice stop"' in page(officer, address)
    response = officer.post(address, follow=True)
    assert "No phone number is registered" in response.content.decode()
    assert not Share.objects.filter(sent_at__isnull=False).exists()
    assert len(shares) == 2


def test_somebody_who_is_no_captain_has_no_bundle(officer: Client, people: Cast) -> None:
    line = quiet_line()
    waiting(line)
    address = f"{sending(line.order)}kapten/{people.officer.pk}/"
    assert officer.get(address).status_code == 404
    assert "has no open offer" in officer.post(address, follow=True).content.decode()
    assert officer.get(f"{sending(line.order)}kapten/0/").status_code == 404


def test_a_bundle_of_several_lines_is_called_by_the_order(officer: Client) -> None:
    line = quiet_line()
    captain, shares = group(line)
    make.share(make.line(line.order, size="Anak"), shares[0].maker, 70)
    _path, lines = message(officer.post(f"{sending(line.order)}kapten/{captain.pk}/"))
    assert line.order.title in lines[0]
    assert "570" not in lines[0]


# Sheets


def sheet(share: Share, *, everybody: bool = False) -> str:
    return f"{sending(share.line.order)}desa/{share.maker.village_id}/" + ("?semua=1" if everybody else "")


def test_a_sheet_has_a_slip_for_each_maker_without_a_phone(officer: Client) -> None:
    line = quiet_line()
    without, _with = waiting(line, "Rohani", 693, phone=""), waiting(line, "Sahnim")
    html = page(officer, sheet(without))
    secret = secret_of(open_links([without.key], LinkPurpose.ANSWER_SHARE).get())
    assert html.count('<article class="slip"') == 1
    assert "Rohani" in html
    assert "Sahnim" not in html
    assert "693" in html
    assert formats.rupiah(693 * 3_400, "id") in html
    assert "-".join([secret[:4], secret[4:8], secret[8:12], secret[12:]]).upper() in html
    assert "<svg" in html
    assert " style=" not in html


def test_all_makers_of_a_village_can_be_printed(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, "Rohani", phone="")
    waiting(line, "Sahnim")
    assert page(officer, sheet(share, everybody=True)).count('<article class="slip"') == 2


def test_the_term_runs_from_handing_out(officer: Client, people: Cast) -> None:
    line = quiet_line()
    share, other = waiting(line, "Rohani", phone=""), waiting(line, "Sahnim")
    assert not Share.objects.filter(sent_at__isnull=False).exists()
    response = officer.post(sheet(share), {"shares": [share.pk, other.pk]})
    assert response.status_code == 302
    assert not Share.objects.filter(sent_at__isnull=False).exists()
    response = officer.post(sheet(share), {"shares": [share.pk]}, follow=True)
    share.refresh_from_db()
    assert (share.sent_through, share.sent_by) == (SentBy.SHEET, people.officer.key)
    assert Share.objects.get(pk=other.pk).sent_at is None
    assert "1 offer is noted as handed out" in response.content.decode()


def test_a_sheet_that_was_handed_out_can_be_printed_again_with_its_term(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, "Rohani", phone="")
    officer.post(sheet(share), {"shares": [share.pk]})
    share.refresh_from_db()
    assert share.answer_until
    html = page(officer, sheet(share))
    assert formats.moment(share.answer_until, "id") in html
    assert 'name="shares"' not in html


def test_of_a_cancelled_order_no_sheet_is_handed_out(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, phone="")
    Order.objects.update(
        cancelled_at=clock.now(), cancelled_by="person:1", cancelled_reason="Anggaran dicabut"
    )
    response = officer.post(sheet(share), {"shares": [share.pk]}, follow=True)
    assert "nothing is sent any more" in response.content.decode()
    assert Share.objects.get().sent_at is None


def test_a_slip_without_a_usable_link_says_so(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, phone="")
    Link.objects.update(wrong_digits=5)
    html = page(officer, sheet(share))
    assert f"/pesanan/{line.order.code}/bagian/{share.pk}/" in html
    assert 'class="qr"' not in html


def test_an_empty_sheet_and_an_unknown_village(officer: Client) -> None:
    line = quiet_line()
    assert "Nobody stands on this sheet" in page(officer, f"{sending(line.order)}desa/52.03.05.2003/")
    assert officer.get(f"{sending(line.order)}desa/99.99/").status_code == 404


@pytest.mark.parametrize("many", [1, 12])
def test_a_sheet_needs_no_more_queries_for_more_slips(
    many: int, officer: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    line = quiet_line(quantity=10_000)
    shares = [waiting(line, f"Penjahit {n}", 10, phone="") for n in range(many)]
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        page(officer, sheet(shares[0]))
