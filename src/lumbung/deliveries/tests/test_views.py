"""Pages: who opens which, what pressing does, what a second sending does, and how often the database is asked."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.deliveries import actions
from lumbung.deliveries.models import Delivery, Inspection, InspectionTerms, Move, OverShare
from lumbung.deliveries.tests import factories as make
from lumbung.deliveries.tests.browsing import browser, picture, text
from lumbung.makers.models import Maker
from lumbung.makers.rules.spelling import search_text
from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import Cast

pytestmark = pytest.mark.django_db


def mine_and_theirs(people: Cast) -> tuple[Delivery, Delivery]:
    """A delivery of the cast's own maker and buyer, and one of somebody else."""
    order = orders.order(buyer=people.buyers)
    line = orders.line(order, quantity=1_000)
    maker = orders.tailor("Sahnim")
    Maker.objects.filter(pk=maker.pk).update(party=people.group)
    maker.refresh_from_db()
    own = make.delivery(100, of=make.share(100, line=line, maker=maker))
    other = make.delivery(100, of=make.share(100, name="Rohana"))
    return own, other


READERS = {"officer", "decider", "inspector", "treasurer", "auditor", "data_protection_officer"}
OWN = READERS | {"maker", "captain", "buyer"}
PAGES = {
    # address: who opens it for the own delivery, who for somebody else's
    "deliveries:detail": (OWN, READERS),
    "deliveries:inspect": ({"inspector"}, {"inspector"}),
    "deliveries:again": ({"inspector"}, {"inspector"}),
    "deliveries:correct": ({"officer", "inspector"}, {"officer", "inspector"}),
}


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_which_page_of_a_delivery(people, name):
    for delivery, allowed in zip(mine_and_theirs(people), PAGES[name], strict=True):
        opened = {
            role
            for role, who in people.everybody()
            if browser(who).get(reverse(name, args=[delivery.code])).status_code == 200
        }
        assert opened == allowed
        assert Client().get(reverse(name, args=[delivery.code])).status_code == 302


LISTS = {
    "deliveries:list": (OWN, []),
    "deliveries:export": (OWN, []),
    "deliveries:find": ({"officer", "inspector"}, []),
    "deliveries:receive": ({"officer", "inspector"}, ["share"]),
    "deliveries:terms": ({"decider", "inspector"}, ["line"]),
    "deliveries:order": (READERS | {"buyer"}, ["order"]),
    "deliveries:order_export": (READERS | {"buyer"}, ["order"]),
    "deliveries:correct_move": ({"inspector"}, ["delivery", "move"]),
}


@pytest.mark.parametrize("name", LISTS)
def test_who_opens_which_other_page(people, name):
    own, _theirs = mine_and_theirs(people)
    actions.close_inspection(delivery=own, accepted=100, by=make.RAHMAT)
    allowed, wanted = LISTS[name]
    places = {
        "share": own.share_id,
        "line": own.share.line_id,
        "order": own.share.line.order.code,
        "delivery": own.code,
        "move": Move.objects.filter(delivery=own).latest("pk").pk,
    }
    address = reverse(name, args=[places[each] for each in wanted])
    opened = {role for role, who in people.everybody() if browser(who).get(address).status_code == 200}
    assert opened == allowed
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["receive", "inspect", "again", "begin", "correct", "correct_move", "terms"])
def test_who_may_not_open_a_page_may_not_send_it_either(people, name):
    own, _theirs = mine_and_theirs(people)
    args = {
        "receive": [own.share_id],
        "terms": [own.share.line_id],
        "correct_move": [own.code, Move.objects.filter(delivery=own)[0].pk],
    }.get(name, [own.code])
    address = reverse(f"deliveries:{name}", args=args)
    before = (Delivery.objects.count(), Inspection.objects.count(), Move.objects.count())
    for role in ("treasurer", "auditor", "maker", "captain", "buyer", "mentor", "stranger"):
        who = people.stranger if role == "stranger" else getattr(people, role)
        sent = {
            "quantity": "5",
            "accepted": "5",
            "reason": "x",
            "level": "2",
            "aql_bp": "250",
            "small_below": "9",
        }
        assert browser(who).post(address, sent).status_code == 403
    assert (Delivery.objects.count(), Inspection.objects.count(), Move.objects.count()) == before
    assert not InspectionTerms.objects.exists()


def test_a_maker_lists_the_own_lines_and_a_buyer_those_of_the_own_orders(people):
    own, other = mine_and_theirs(people)
    for role in ("maker", "captain", "buyer"):
        page = text(browser(getattr(people, role)).get(reverse("deliveries:list")))
        assert own.code in page
        assert other.code not in page


# At the collection point


def sent_delivery(share, **fields) -> dict[str, str]:
    return {
        "quantity": "60",
        "collection_point": str(share.collection_point_id),
        "delivered_on": "2026-01-01",
        "brought_by": "Sahnim",
        "note": "",
        "once": "kunci-1",
    } | fields


def test_an_inspector_takes_pieces_in_and_sending_twice_is_one_delivery(people):
    share = make.share(100)
    client, address = browser(people.inspector), reverse("deliveries:receive", args=[share.pk])
    for _ in range(2):
        response = client.post(address, sent_delivery(share))
        assert response.status_code == 302
    made = Delivery.objects.get()
    assert (made.delivered_quantity, made.brought_by) == (60, "Sahnim")
    assert response["Location"] == made.get_absolute_url()


def test_what_is_over_is_refused_at_the_field_counted_once_and_nothing_is_lost(people):
    share = make.share(100)
    client, address = browser(people.inspector), reverse("deliveries:receive", args=[share.pk])
    for _ in range(2):
        page = text(client.post(address, sent_delivery(share, quantity="150", note="Tiga karung")))
    assert "At most 100 can be taken in: 50 stay with the maker" in page
    assert "Tiga karung" in page
    assert OverShare.objects.values_list("brought_quantity", "room_quantity").get() == (150, 100)
    assert not Delivery.objects.exists()


def test_a_share_is_found_by_the_code_on_the_sheet_and_by_name(people):
    first, second = make.share(100, name="Sahnim"), make.share(100, name="Rohana")
    Maker.objects.filter(pk=first.maker_id).update(search_text=search_text("Sahnim", "Mamben Daya"))
    _link, secret = orders.link_to(first)
    client = browser(people.inspector)
    for typed in (secret.upper(), "sahnim"):
        page = text(client.post(reverse("deliveries:find"), {"q": typed}))
        assert reverse("deliveries:receive", args=[first.pk]) in page
        assert reverse("deliveries:receive", args=[second.pk]) not in page
    assert "No share fits" in text(client.post(reverse("deliveries:find"), {"q": "0000000000000000"}))


# Looking


def counts(**fields) -> dict[str, object]:
    return {
        "accepted": "812",
        "seen": "1000",
        "note": "",
        "once": "kunci-2",
        "f0-quantity": "120",
        "f0-fault": "seam",
        "f0-becomes": "rework",
        "f1-quantity": "68",
        "f1-fault": "measure",
        "f1-becomes": "rejected",
    } | fields


def test_accept_812_rework_120_reject_68_with_a_photo_sent_twice(people):
    made = make.delivery(1_000)
    client, address = browser(people.inspector), reverse("deliveries:inspect", args=[made.code])
    for _ in range(2):
        response = client.post(address, counts(**{"f1-photo": picture()}))
        assert response.status_code == 302, text(response)
    assert make.sums(made) == make.Sums(1_000, 0, accepted=812, rework=120, rejected=68)
    assert Inspection.objects.count() == 1
    page = text(client.get(made.get_absolute_url()))
    assert page.count("<img") == 1
    photo = page.partition('<img src="')[2].partition('"')[0]
    shown = client.get(photo)
    assert (shown["Content-Type"], shown.getvalue()[:4]) == ("image/webp", b"RIFF")
    assert browser(people.maker).get(photo).status_code == 404


def test_counts_that_do_not_fit_come_back_with_what_was_typed(people):
    made = make.delivery(1_000)
    client, address = browser(people.inspector), reverse("deliveries:inspect", args=[made.code])
    page = text(client.post(address, counts(accepted="900", note="Dihitung ulang")))
    assert "1,088 counted, but only 1,000 are there" in page
    assert "Dihitung ulang" in page
    assert 'value="120"' in page
    assert make.sums(made) == make.Sums(1_000, 1_000)


def test_a_row_is_whole_or_empty(people):
    made = make.delivery(1_000)
    address = reverse("deliveries:inspect", args=[made.code])
    page = text(browser(people.inspector).post(address, counts(**{"f2-quantity": "3"})))
    assert "or leave the whole row empty" in page
    assert Inspection.objects.count() == 0


def test_rows_that_are_folded_away_open_where_something_stands_in_them(people):
    made = make.delivery(1_000)
    client, address = browser(people.inspector), reverse("deliveries:inspect", args=[made.code])
    assert "<details><summary>" in text(client.get(address))
    page = text(client.post(address, counts(**{"f8-quantity": "1"})))
    assert "<details open>" in page
    assert Inspection.objects.count() == 0


def test_an_inspection_entered_without_a_signal_arrives_once_or_says_why_not(people):
    made = make.delivery(1_000)
    client, address = browser(people.inspector), reverse("deliveries:inspect", args=[made.code])
    mark = {"X-Lumbung-Entry": people.inspector.key}
    entry = counts(entry_key="telepon-7")
    del entry["once"]
    told = [client.post(address, entry, headers=mark).json()["state"] for _ in range(2)]
    assert told == ["done", "done"]
    late = client.post(address, entry | {"entry_key": "telepon-8"}, headers=mark).json()
    assert late["state"] == "refused"
    assert Inspection.objects.count() == 1


def test_the_second_of_two_people_reads_who_was_quicker_and_keeps_the_counts(people):
    made = make.delivery(1_000)
    actions.close_inspection(delivery=made, accepted=700, by=people.officer.key)
    address = reverse("deliveries:inspect", args=[made.code])
    page = text(browser(people.inspector).post(address, counts()))
    assert f"{people.officer.full_name} has inspected this delivery" in page
    assert 'value="812"' in page
    assert make.sums(made) == make.Sums(1_000, 300, accepted=700)


def test_who_comes_while_somebody_looks_reads_it_and_may_take_over(people):
    made = make.delivery(1_000)
    actions.open_inspection(delivery=made, by=people.officer.key)
    client, address = browser(people.inspector), reverse("deliveries:inspect", args=[made.code])
    assert f"{people.officer.full_name} has been inspecting" in text(client.get(address))
    client.post(reverse("deliveries:begin", args=[made.code]), {"round": "first", "take_over": "1"})
    assert client.post(address, counts()).status_code == 302
    assert make.sums(made).accepted == 812


def test_the_plan_stands_in_plain_words(people):
    made = make.delivery(1_000)
    make.terms(made.share.line)
    page = text(browser(people.inspector).get(reverse("deliveries:inspect", args=[made.code])))
    assert "Look at 80 of 1,000; it passes if at most 5 are wrong." in page


def test_the_second_inspection_and_a_correction_by_their_pages(people):
    made = make.delivery(1_000)
    actions.close_inspection(delivery=made, accepted=880, findings=[make.rework(120)], by=make.RAHMAT)
    client = browser(people.inspector)
    again = reverse("deliveries:again", args=[made.code])
    client.post(again, {"accepted": "100", "seen": "120", "once": "k3"})
    accepted = Move.objects.filter(to_place="accepted").latest("pk")
    correct = reverse("deliveries:correct_move", args=[made.code, accepted.pk])
    client.post(correct, {"quantity": "2", "instead": "rejected", "reason": "Salah lihat", "once": "k4"})
    assert make.sums(made) == make.Sums(1_000, 0, accepted=978, rework=20, rejected=2)
    number = reverse("deliveries:correct", args=[made.code])
    page = text(client.post(number, {"quantity": "900", "reason": "Salah", "once": "k5"}))
    assert "inspected already, so it cannot be fewer" in page


def test_each_number_of_the_picture_leads_to_its_entries(people):
    made = make.delivery(1_000)
    actions.close_inspection(delivery=made, accepted=880, findings=[make.rework(120)], by=make.RAHMAT)
    page = text(browser(people.auditor).get(f"{made.get_absolute_url()}?tempat=rework"))
    entries = page.partition('id="entries"')[2]
    assert entries.count('<tr id="move-') == 1
    assert f"{made.get_absolute_url()}?tempat=accepted#entries" in page


def test_the_sampling_plan_is_confirmed_by_a_person(people):
    line = orders.line()
    client, address = browser(people.decider), reverse("deliveries:terms", args=[line.pk])
    assert "Nobody has confirmed a sampling plan" in text(client.get(address))
    client.post(address, {"level": "2", "aql_bp": "400", "small_below": "100", "once": "k6"})
    assert InspectionTerms.objects.values_list("aql_bp", "confirmed_by").get() == (400, people.decider.key)
