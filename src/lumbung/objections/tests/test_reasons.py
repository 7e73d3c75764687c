"""Who waits without a share hears the one reason: by WhatsApp, through the captain, on paper; the own line by link."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from foundation import clock
from lumbung.makers.models import GoodsKind, Maker
from lumbung.objections.actions import reasons as actions
from lumbung.objections.models import Objection, ReasonTold
from lumbung.objections.queries import reasons as queries
from lumbung.objections.queries.own_reasons import own_lines_of
from lumbung.objections.queries.queue import captains_waiting, page_of, queue_of, villages_of
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.choices import Reason, SentBy
from lumbung.orders.models import OrderLine, Share, Split
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.orders.tests.offering import captain_of, everything_kept, phone, quiet_line, text_of
from lumbung.orders.tests.sending import message
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.tests.factories import Cast, member
from lumbung.people.actions import revoke_link
from lumbung.people.choices import LinkPurpose, MakerRole
from lumbung.people.models import Link, PersonalRead
from lumbung.people.queries import open_links
from lumbung.people.rules import secret_of
from lumbung.people.tests.factories import person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
COST = {"own": 3_581, "limit": 3_558, "unit_cost_in": 3_558, "capacity_in": 0, "capacity": 0}


def split_with(*waiting: Maker, line: OrderLine | None = None) -> Split:
    """A decided split with one share and these makers waiting for the cost."""
    line = line or quiet_line(quantity=5_000)
    split = make.decided_split(line, {make.tailor("Zaenab"): 100})
    for maker in waiting:
        make.split_row(split, maker, 0, reason=Reason.COST, numbers=COST)
    return split


def waiting(name: str = "Sahnim", **owner: str) -> Maker:
    return make.tailor(name, owner=person(name, **owner))


def names(makers: object) -> list[str]:
    return sorted(str(maker) for maker in makers)  # type: ignore[attr-defined]


# Who waits


def test_who_was_never_offered_a_share_waits_eligible_or_not() -> None:
    split = split_with(waiting("Sahnim"))
    make.split_row(split, waiting("Murni"), 0, eligible=False, reason=Reason.NOT_ACTIVE, numbers={})
    again = waiting("Rohana")
    make.split_row(split, again, 0, reason=Reason.COST, numbers=COST)
    make.share(split.line, again, 50, split=split)
    assert names(queries.waiting_of(split.line.order)) == ["Murni", "Sahnim"]


def test_each_waits_by_one_way() -> None:
    paper = waiting("Jumah", phone="")
    led = waiting("Beriuk", phone="")
    captain_of(led)
    split = split_with(waiting("Sahnim"), paper, led)
    order = split.line.order
    counts = queue_of(order)
    assert (counts.whatsapp, counts.captain, counts.paper, counts.told) == (1, 1, 1, 0)
    assert names(page_of(counts.within(SentBy.WHATSAPP), after=None).makers) == ["Sahnim"]
    on_paper = villages_of(counts.within(SentBy.SHEET))
    assert [(village.name, village.makers) for village in on_paper] == [("Mamben Daya", 1)]
    assert [(str(tally.person), tally.makers) for tally in captains_waiting(counts)] == [("Lalu Wirawan", 1)]
    assert names(queries.on_paper_of(order, "52.03.05.2003")) == ["Jumah"]


# Telling


def test_who_has_a_share_is_not_told_that_there_is_none() -> None:
    split = split_with()
    maker = Share.objects.get().maker
    assert (
        actions.mark_told(order=split.line.order, makers=[maker.pk], through=SentBy.SHEET, by="person:1") == 0
    )
    assert not ReasonTold.objects.exists()
    assert not Record.objects.filter(deed="objections.reasons_told").exists()


def test_telling_again_keeps_one_row_with_the_newest_way() -> None:
    maker = waiting()
    order = split_with(maker).line.order
    for through in (SentBy.SHEET, SentBy.WHATSAPP):
        actions.mark_told(order=order, makers=[maker.pk], through=through, by="person:1")
    assert ReasonTold.objects.get().through == SentBy.WHATSAPP
    assert queue_of(order).told == 1


def test_an_officer_tells_by_whatsapp(people: Cast) -> None:
    maker = waiting(phone="+6281234567890")
    order = split_with(maker).line.order
    client = office.signed_in(people.officer)
    address = f"/pesanan/{order.code}/alasan/{maker.pk}/"
    assert "Rp3,581" in text_of(client.get(address))
    assert not ReasonTold.objects.exists()
    number, lines = message(client.post(address))
    assert number == "/6281234567890"
    assert len(lines) <= 5
    assert "Rp3.581" in lines[1]
    link = open_links([maker.key], LinkPurpose.OWN_REASON).get()
    assert lines[3].endswith(f"/g/{secret_of(link)}/")
    assert ReasonTold.objects.get().told_by == people.officer.key
    assert PersonalRead.objects.get().fields == "phone"


def test_without_a_phone_the_sheet_is_named(people: Cast) -> None:
    maker = waiting(phone="")
    order = split_with(maker).line.order
    client = office.signed_in(people.officer)
    page = client.post(f"/pesanan/{order.code}/alasan/{maker.pk}/", follow=True)
    assert "notice stop" in text_of(page)
    assert not ReasonTold.objects.exists()


def test_a_captain_gets_one_message_and_one_link_for_the_group(people: Cast) -> None:
    makers = [waiting("Beriuk", phone=""), waiting("Tinjal", phone="")]
    captain = captain_of(*makers)
    order = split_with(*makers).line.order
    _number, lines = message(
        office.signed_in(people.officer).post(f"/pesanan/{order.code}/alasan/kapten/{captain.pk}/")
    )
    assert "2" in lines[0]
    html = text_of(phone().get(lines[2][lines[2].index("/g/") :]))
    assert "Beriuk" in html
    assert "Tinjal" in html
    assert queue_of(order).captain == 0


def test_a_sheet_makes_its_links_by_a_button_and_notes_what_was_handed_out(people: Cast) -> None:
    maker = waiting("Jumah", phone="")
    order = split_with(maker, waiting("Sahnim")).line.order
    client = office.signed_in(people.officer)
    address = f"/pesanan/{order.code}/alasan/desa/52.03.05.2003/"
    before = everything_kept()
    html = text_of(client.get(address))
    assert everything_kept() == before
    assert "Make 1 link" in html
    assert "Sahnim" not in html
    client.post(address, {"act": "links"})
    client.post(address, {"act": "links"})
    link = Link.objects.get(purpose=LinkPurpose.OWN_REASON)
    html = text_of(client.get(address))
    assert '<svg class="qr"' in html or "qr" in html
    assert secret_of(link).upper()[:4] in html
    client.post(address, {"makers": [maker.pk]})
    assert ReasonTold.objects.get().through == SentBy.SHEET
    assert "Sahnim" in text_of(client.get(f"{address}?semua=1"))


def test_only_officers_tell(people: Cast) -> None:
    maker = waiting()
    order = split_with(maker).line.order
    tails = ("", f"{maker.pk}/", "desa/52.03.05.2003/")
    for role, who in people.everybody():
        client = office.signed_in(who)
        statuses = {client.get(f"/pesanan/{order.code}/alasan/{tail}").status_code for tail in tails}
        assert statuses == ({200} if role == "officer" else {403}), role
        assert client.get(f"/pesanan/{order.code}/alasan/kapten/1/").status_code == (
            405 if role == "officer" else 403
        )
    assert "/akun/" in Client().get(f"/pesanan/{order.code}/alasan/").url


def test_the_queue_goes_page_by_page(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.objections.queries.queue.ROWS", 2)
    makers = [waiting(name) for name in ("Ani", "Budi", "Cici")]
    for maker, name in zip(makers, ("ani", "budi", "cici"), strict=True):
        Maker.objects.filter(pk=maker.pk).update(sort_name=name)
    order = split_with(*makers).line.order
    client = office.signed_in(people.officer)
    html = text_of(client.get(f"/pesanan/{order.code}/alasan/"))
    assert "Ani" in html
    assert "Cici" not in html
    html = text_of(client.get(f"/pesanan/{order.code}/alasan/?daftar=pesan&setelah={makers[1].pk}"))
    assert "Cici" in html
    assert "Ani" not in html
    for chosen in ("kapten", "lembar", "terkirim"):
        assert client.get(f"/pesanan/{order.code}/alasan/?daftar={chosen}").status_code == 200


def test_the_queue_is_narrowed_by_regency_and_then_by_village(people: Cast) -> None:
    places = [("52.03.05.2001", "Dekat"), ("52.03.05.2002", "Sebelah"), ("52.06.05.2001", "Jauh")]
    makers = [make.tailor(f"Penjahit {name}", village=make.village(code, name)) for code, name in places]
    order = split_with(*makers).line.order
    client, address = office.signed_in(people.officer), f"/pesanan/{order.code}/alasan/"

    def shown(query: str) -> tuple[set[str], bool]:
        html = text_of(client.get(f"{address}{query}"))
        return {name for _code, name in places if f"Penjahit {name}" in html}, 'name="desa"' in html

    assert shown("") == ({"Dekat", "Sebelah", "Jauh"}, False)
    assert shown("?kabupaten=52.03") == ({"Dekat", "Sebelah"}, True)
    assert shown("?kabupaten=52.03&desa=52.03.05.2001") == ({"Dekat"}, True)
    assert shown("?kabupaten=52.06&desa=52.03.05.2001") == ({"Jauh"}, True)
    assert shown("?kabupaten=99.99") == ({"Dekat", "Sebelah", "Jauh"}, False)


@pytest.mark.parametrize("many", [1, 15])
def test_the_queue_needs_no_more_queries_for_more_makers(
    many: int, people: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    order = split_with(*(waiting(f"Pelaku {n}") for n in range(many))).line.order
    client = office.signed_in(people.officer)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(f"/pesanan/{order.code}/alasan/")


# The own line


def link_of(maker: Maker) -> str:
    actions.prepare_links(makers=[maker], by="person:1")
    return f"/g/{secret_of(open_links([maker.key], LinkPurpose.OWN_REASON).get())}/"


def test_the_own_line_tells_the_reason_and_what_would_change_it() -> None:
    maker = waiting()
    order = split_with(maker).line.order
    before_address = link_of(maker)
    before = everything_kept()
    page = phone().get(before_address)
    assert everything_kept() == before
    html = text_of(page)
    for told in (order.title, "Rp3,581", "Rp3,558", "What would change it", "This is not right"):
        assert told in html
    assert "Zaenab" not in html
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_own_line_tells_the_share_and_how_it_was_answered() -> None:
    split = split_with()
    share = Share.objects.get()
    accept_share(share=share, by="link:1")
    html = text_of(phone().get(link_of(share.maker)))
    assert '<span class="n">100</span>' in html
    assert "Rp340,000" in html
    assert "Accepted" in html
    assert split.line.order.title in html


def test_a_later_share_stands_before_the_reason_of_the_first_plan() -> None:
    maker = waiting()
    split = split_with(maker)
    make.share(split.line, maker, 40, split=split)
    line = own_lines_of([maker])[0].lines[0]
    assert line.said.quantity == 40
    assert not line.waits


def test_orders_older_than_a_year_and_drafts_are_left_out() -> None:
    maker = waiting()
    old = split_with(maker)
    Split.objects.filter(pk=old.pk).update(decided_at=clock.now() - timedelta(days=366))
    draft = split_with(maker)
    Split.objects.filter(pk=draft.pk).update(state="drafted", decided_at=None, decided_by="")
    assert own_lines_of([maker])[0].lines == []
    assert "No order in the last twelve months" in text_of(phone().get(link_of(maker)))


def test_the_ledger_tells_what_fell_to_the_maker_and_the_credit(settings: object) -> None:
    settings.FAIRNESS_BP = {"turn_credit_bp": 200}  # type: ignore[attr-defined]
    maker = waiting()
    line = quiet_line(quantity=5_000, price=3_400)
    split = split_with(line=line)
    make.split_row(split, maker, 0, reason=Reason.COST, numbers=COST, entitled_quantity=1_240)
    html = text_of(phone("en").get(link_of(maker)))
    assert "1,240" in html
    assert "Rp68" in html


def test_an_objection_from_the_own_line_needs_only_the_digits() -> None:
    maker = waiting()
    order = split_with(maker).line.order
    address = f"{link_of(maker)}keberatan/{maker.pk}/{order.code}/"
    assert "Sahnim" in text_of(phone().get(address))
    sent = {
        "about": "not_chosen",
        "words": "Kapasitas saya di daftar keliru.",
        "digits": maker.owner.phone[-4:],
    }
    page = phone().post(address, sent, follow=True)
    assert Objection.objects.get().maker == maker
    assert Objection.objects.get().code in text_of(page)


def test_a_link_opens_only_the_own_lines() -> None:
    maker, other = waiting("Sahnim"), waiting("Murni")
    order = split_with(other).line.order
    address = link_of(maker)
    assert phone().get(f"{address}keberatan/{other.pk}/{order.code}/").status_code == 404
    assert phone().get(f"{address}keberatan/{maker.pk}/{order.code}/").status_code == 404
    assert phone().get("/g/0000000000000000/").status_code == 404


def test_after_a_change_of_owner_the_old_link_opens_nothing() -> None:
    maker = waiting()
    order = split_with(maker).line.order
    address = link_of(maker)
    Maker.objects.filter(pk=maker.pk).update(owner=person("Anak"))
    html = text_of(phone().get(address))
    assert order.title not in html
    revoke_link(Link.objects.get(), by="person:1")
    assert phone().get(address).status_code == 410


def test_a_maker_with_an_account_sees_the_same_lines_and_a_stranger_none(people: Cast) -> None:
    owner = member(MakerRole, make.Party.objects.create(kind=PartyKind.MAKER, name="Lain"))
    maker = make.tailor("Sahnim", owner=owner)
    order = split_with(maker).line.order
    mine = text_of(office.signed_in(owner).get("/pelaku/saya/"))
    assert order.title in mine
    assert f"/kuota/{order.code}/keberatan/?tentang=not_chosen" in mine
    assert order.title in text_of(office.signed_in(people.officer).get(maker.get_absolute_url()))
    keeper = office.signed_in(people.regency_officer).get(maker.get_absolute_url())
    assert order.title not in text_of(keeper)


@pytest.mark.parametrize("many", [1, 8])
def test_the_own_lines_need_no_more_queries_for_more_orders_and_more_kinds_of_goods(
    many: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    maker = waiting()
    for number in range(many):
        line = split_with(maker).line
        line.kind = GoodsKind.objects.create(code=f"jenis-{number}", name=f"Jenis {number}", unit="piece")
        line.save()
    address = link_of(maker)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        phone().get(address)
