import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumbung.complaints.actions import About
from lumbung.complaints.models import Complaint
from lumbung.complaints.tests import factories as make
from lumbung.deliveries.tests import factories as brought
from lumbung.lots.tests import factories as lots
from lumbung.money.tests import factories as money
from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import cast
from lumbung.people.models import PersonalRead

pytestmark = pytest.mark.django_db

READERS = {"officer", "decider", "inspector", "treasurer", "auditor"}
SETTLERS = {"officer", "decider"}


@pytest.fixture
def troupe():
    orders.village()
    people = cast()
    maker = orders.tailor("Jahit Sahnim")
    people.lot = lots.lot(maker, 100)
    people.delivery = brought.delivery(100, of=brought.share(100, maker=maker), lot_key=people.lot.key)
    money.due(share=people.delivery.share.key, of=maker.party, amount=300_000)
    people.complaint = make.complaint(10, about=About(lot=people.lot))
    return people


def as_(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def words(response) -> str:
    return response.content.decode()


def at(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def typed(**more: object) -> dict[str, object]:
    given = {
        "words": "Kancingnya lepas semua.",
        "quantity": "3",
        "full_name": "Warga Contoh",
        "phone": "0812-3456-7890",
        "consent": "on",
    }
    return given | more


def test_pages_open_to_those_who_need_them(client, troupe):
    code = troupe.complaint.code
    pages = {
        at("list"): READERS,
        at("export"): READERS,
        at("detail", code): READERS,
        at("new"): SETTLERS,
        at("answer", code): SETTLERS,
        at("settle", code): SETTLERS,
        at("recall", code): SETTLERS,
        at("correct", code): SETTLERS,
        at("close", code): SETTLERS,
    }
    for url, roles in pages.items():
        assert client.get(url).url.startswith(reverse("account_login")), url
        for role, who in troupe.everybody():
            assert (as_(who).get(url).status_code == 200) == (role in roles), (url, role)
    assert as_(troupe.officer).get(at("detail", "KLH-2026-9999")).status_code == 404


def test_anybody_complains_by_the_code_of_a_lot_and_follows_it_by_link(client, troupe):
    answer = client.post(at("complain"), typed(lot=troupe.lot.shown))
    complaint = Complaint.objects.order_by("-pk")[0]
    assert answer.url.startswith("/c/")
    page = words(client.get(answer.url))
    assert complaint.code in page
    assert "Kancingnya lepas semua." in page
    assert (complaint.lot, complaint.source) == (troupe.lot, "public")


def test_a_wrong_code_no_goods_and_no_consent_are_told_at_their_fields(client, troupe):
    def faults(**more: object) -> list[str]:
        return list(client.post(at("complain"), typed(**more)).context["form"].errors)

    assert faults(lot="123") == ["lot"]
    assert faults(lot="", number="PSN-2020-0001") == ["number"]
    assert faults(lot="") == ["lot"]
    assert faults(lot=troupe.lot.code, consent="") == ["consent"]
    assert faults(lot=troupe.lot.code, phone="hapus") == ["phone"]
    assert Complaint.objects.count() == 1


def test_an_unknown_link_opens_nothing(client):
    assert client.get("/c/ABCDEFGHJKMNPQRS/").status_code == 404


def test_the_page_behind_a_mark_leads_to_the_form(client, troupe):
    page = words(client.get(reverse("lots:public", args=[troupe.lot.code])))
    assert f"{at('complain')}?lot={troupe.lot.code}" in page


def test_the_office_sees_the_trace_and_reading_is_noted(troupe):
    page = words(as_(troupe.officer).get(troupe.complaint.get_absolute_url()))
    assert troupe.delivery.code in page
    assert "Jahit Sahnim" in page
    assert troupe.lot.shown in page
    assert PersonalRead.objects.filter(page=troupe.complaint.get_absolute_url()).count() == 1


def test_a_complaint_goes_its_whole_way_over_the_pages(troupe):
    officer, head, code = as_(troupe.officer), as_(troupe.decider), troupe.complaint.code
    assert officer.post(at("answer", code), {"answer": "Kami ganti besok."}).status_code == 302
    given = {"kind": "replaced", "quantity": "11", "reason": "Diganti dari stok."}
    assert "10 pieces 10 are still open" in words(officer.post(at("settle", code), given))
    assert officer.post(at("settle", code), given | {"quantity": "10"}).status_code == 302
    recall = {"lots": [str(troupe.lot.pk)], "reason": "Kancing lepas.", "advice": "Kembalikan ke dinas."}
    assert officer.post(at("recall", code), recall).status_code == 302
    due = {"due": str(money.Due.objects.get().pk), "right_rupiah": "270000", "reason": "Sepuluh buah rusak."}
    assert officer.post(at("correct", code), due).status_code == 302
    assert head.post(at("close", code), {"reason": "Semua sudah diganti."}).status_code == 302
    page = words(officer.get(at("detail", code)))
    assert "Semua sudah diganti." in page
    assert "Replaced" in page
    link = officer.post(at("send", code))
    assert link["Location"].startswith("https://wa.me/62")


def test_the_office_writes_down_what_a_buyer_told(troupe):
    given = typed(number=troupe.delivery.code, source="buyer")
    assert as_(troupe.officer).post(at("new"), given).status_code == 302
    complaint = Complaint.objects.order_by("-pk")[0]
    assert (complaint.delivery, complaint.received_by) == (troupe.delivery, troupe.officer.key)


def test_the_list_is_narrowed_and_holds_no_names(troupe):
    officer = as_(troupe.officer)
    assert officer.get(at("list"), {"state": "closed"}).context["page"].rows == []
    assert officer.get(at("list"), {"state": "late"}).context["page"].rows == []
    assert officer.get(at("list"), {"text": troupe.complaint.code}).context["page"].rows == [troupe.complaint]
    assert "Pembeli Contoh" not in words(officer.get(at("list"))).partition("<main")[2]


def test_the_list_asks_as_often_with_one_row_as_with_many(troupe):
    officer = as_(troupe.officer)

    def asked() -> int:
        officer.get(at("list"))
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(at("list")).status_code == 200
        return len(queries)

    before = asked()
    for _number in range(6):
        make.complaint(5, about=About(delivery=troupe.delivery))
    assert asked() == before
