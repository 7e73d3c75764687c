"""Taking in an order: what may be typed, what is refused where, and what the list and the page show."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from foundation import clock
from lumbung.certification.models import Scheme
from lumbung.certification.tests.factories import scheme
from lumbung.orders.actions.ordering import publish_order
from lumbung.orders.forms.points import with_row_added, with_row_removed
from lumbung.orders.models import Order
from lumbung.orders.queries.orders import last_code
from lumbung.orders.rules.order import next_code
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast

pytestmark = pytest.mark.django_db
NEW = "/pesanan/baru/"


@pytest.fixture(autouse=True)
def kinds() -> None:
    make.masks()


def typed(people: Cast, **changes: Any) -> dict[str, Any]:
    """What an officer types, as people write it."""
    due = clock.today() + timedelta(days=40)
    fields = {
        "buyer": people.buyers.pk,
        "title": "Masker kain dua lapis",
        "specification": "Katun, dua lapis.",
        "due_on": f"{due.day}/{due.month}/{due.year}",
        "delivery_village": "Mamben Daya",
        "delivery_place": "Kantor Camat",
        "price_mode": "one",
        "cost_budget_bp": "2 %",
        "budget_decree": "Keputusan Kepala Dinas 12/2026",
        "transport_rupiah_per_100_km": "Rp100",
        "visit_rupiah": "Rp10.000,-",
        "turn_credit_bp": "2",
        "priority_credit_bp": "1",
        "newcomer_quota_bp": "5",
        "newcomer_credit_bp": "2,5",
        "answer_hours": "48",
        "payment_days": "7",
        "objection_days": "5",
        "objection_window_days": "14",
        "resplits_itself": "on",
        "line-kind": "masker-kain",
        "line-size": "Dewasa",
        "line-quantity": "1.250.000",
        "line-price_rupiah": "Rp3.400,-",
        "line-supply": "goods",
        "points-TOTAL_FORMS": "1",
        "points-INITIAL_FORMS": "0",
        "points-0-name": "Aikmel",
        "points-0-village": "Mamben Daya",
    }
    return fields | changes


def sent(officer: Client, people: Cast, **changes: Any) -> str:
    """The page that comes back when the form was refused."""
    answer = officer.post(NEW, typed(people, **changes))
    assert answer.status_code == 200, answer.headers
    assert not Order.objects.exists()
    return str(answer.content.decode())


def test_an_order_is_taken_in_with_its_line_and_collection_point(officer: Client, people: Cast) -> None:
    answer = officer.post(NEW, typed(people))
    order = Order.objects.get()
    line = order.lines.get()
    assert answer.headers["Location"] == order.get_absolute_url()
    assert (line.quantity, line.price_rupiah, line.size) == (1_250_000, 3_400, "Dewasa")
    assert (order.visit_rupiah, order.cost_budget_bp, order.created_by) == (10_000, 200, people.officer.key)
    assert [point.name for point in order.collection_points.all()] == ["Aikmel"]
    assert order.published_at is None


def test_the_same_form_sent_twice_makes_one_order(officer: Client, people: Cast) -> None:
    first = officer.post(NEW, typed(people, once="abc"))
    second = officer.post(NEW, typed(people, once="abc"))
    assert Order.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("line-quantity", "0", "Write a quantity of at least 1."),
        ("line-quantity", "-5", "is below zero"),
        ("line-quantity", "10.000.001", "A line holds at most"),
        ("line-quantity", "1.25", "can be read in two ways"),
        ("line-quantity", "", "required"),
        ("line-price_rupiah", "0", "At least"),
        ("due_on", "27/12/2020", "has passed"),
        ("due_on", "31/02/2027", "is not in the calendar"),
        ("due_on", "27/12/9999", "lies too far away"),
        ("cost_budget_bp", "120", "more than 100 percent"),
        ("answer_hours", "0", "At least"),
        ("objection_days", "0", "At least"),
        ("objection_window_days", "400", "At most"),
        ("delivery_village", "Xyzzyq", "No village is called"),
        ("points-0-village", "Xyzzyq", "No village is called"),
        ("points-0-name", "", "required"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_lost(
    officer: Client, people: Cast, field: str, written: str, sentence: str
) -> None:
    page = sent(officer, people, **{field: written})
    wronged = page.split('aria-invalid="true"')
    assert len(wronged) == 2
    assert f'id="id_{field}_error"' in page
    assert sentence in page
    assert "Katun, dua lapis." in page


@pytest.mark.parametrize("total", ["abc", "", "-1", "9" * 30, "99"])
def test_rows_whose_count_is_broken_are_neither_lost_nor_passed_over_in_silence(
    officer: Client, people: Cast, total: str
) -> None:
    answer = officer.post(NEW, typed(people, **{"points-TOTAL_FORMS": total}))
    page = answer.content.decode()
    if answer.status_code == 302:
        assert Order.objects.get().collection_points.get().name == "Aikmel"
    else:
        assert 'id="faults"' in page
        assert "Too many collection points: at most 30." in page


def test_a_certificate_that_is_no_choice_stands_in_the_summary(officer: Client, people: Cast) -> None:
    scheme(code="halal")
    page = sent(officer, people, schemes="palsu")
    assert 'id="faults"' in page
    assert '<a href="#id_schemes">Required certificates: ' in page


def test_a_due_date_of_today_is_not_told_to_be_past(officer: Client, people: Cast) -> None:
    today = clock.today()
    page = sent(officer, people, due_on=f"{today.day}/{today.month}/{today.year}")
    assert "The due date is today." in page
    assert "has passed" not in page


@pytest.mark.parametrize("written", ["27/12/{year}", "27-12-{year}", "27 Desember {year}", "{year}-12-27"])
def test_days_are_read_as_people_write_them(officer: Client, people: Cast, written: str) -> None:
    year = clock.today().year + 1
    officer.post(NEW, typed(people, due_on=written.format(year=year)))
    assert Order.objects.get().due_on.isoformat() == f"{year}-12-27"


def test_where_several_villages_are_called_so_one_is_chosen(officer: Client, people: Cast) -> None:
    make.village("52.02.01.2001", "Kuta")
    make.village("52.05.01.2001", "Kuta")
    page = sent(officer, people, delivery_village="Kuta")
    assert page.count('<option value="52.0') == 2
    chosen = {"delivery_village_for": "Kuta", "delivery_village_chosen": "52.05.01.2001"}
    officer.post(NEW, typed(people, delivery_village="Kuta", **chosen))
    assert Order.objects.get().delivery_village_id == "52.05.01.2001"


def test_a_choice_counts_only_for_the_name_it_was_offered_for(officer: Client, people: Cast) -> None:
    make.village("52.05.01.2001", "Kuta")
    chosen = {"delivery_village_for": "Kuta", "delivery_village_chosen": "52.05.01.2001"}
    officer.post(NEW, typed(people, delivery_village="Mamben Daya", **chosen))
    assert Order.objects.get().delivery_village_id == "52.03.05.2003"


def test_a_misspelt_village_offers_the_nearest(officer: Client, people: Cast) -> None:
    page = sent(officer, people, delivery_village="Mambem Daya")
    assert "No village is called exactly" in page
    assert "Mamben Daya, Wanasaba" in page


def test_collection_points_come_and_go_without_script_and_without_judgement(
    officer: Client, people: Cast
) -> None:
    page = officer.post(NEW, typed(people, act="add", **{"line-quantity": "viel"})).content.decode()
    assert 'name="points-1-name"' in page
    assert 'value="viel"' in page
    assert "aria-invalid" not in page
    rows = {"points-TOTAL_FORMS": "2", "points-1-name": "Praya", "points-1-village": "Praya"}
    page = officer.post(NEW, typed(people, act="remove-0", **rows)).content.decode()
    assert 'name="points-1-name"' not in page
    assert 'value="Praya"' in page
    assert not Order.objects.exists()


def test_two_collection_points_in_one_village_are_refused(officer: Client, people: Cast) -> None:
    rows = {"points-TOTAL_FORMS": "2", "points-1-name": "Lain", "points-1-village": "Mamben Daya"}
    assert "This village has a collection point already." in sent(officer, people, **rows)


def test_a_form_without_any_collection_point_is_refused(officer: Client, people: Cast) -> None:
    page = sent(officer, people, **{"points-TOTAL_FORMS": "0"})
    assert "notice stop" in page


def test_rows_are_never_fewer_than_one_nor_more_than_thirty() -> None:
    assert with_row_removed(QueryDict("p-TOTAL_FORMS=1&p-0-name=a"), "p", 0)["p-0-name"] == "a"
    assert with_row_removed(QueryDict("p-TOTAL_FORMS=2&p-0-name=a"), "p", 7)["p-TOTAL_FORMS"] == "2"
    assert with_row_added(QueryDict("p-TOTAL_FORMS=30"), "p")["p-TOTAL_FORMS"] == "30"
    assert with_row_added(QueryDict("p-TOTAL_FORMS=viele"), "p")["p-TOTAL_FORMS"] == "2"


def test_a_draft_is_changed_and_a_published_order_is_not(officer: Client, people: Cast) -> None:
    officer.post(NEW, typed(people))
    order = Order.objects.get()
    page = officer.get(f"{order.get_absolute_url()}ubah/").content.decode()
    assert "Mamben Daya, Wanasaba, Lombok Timur" in page
    changes = typed(people, title="Masker tiga lapis", act="", **{"points-0-name": "Masbagik"})
    officer.post(f"{order.get_absolute_url()}ubah/", changes)
    order.refresh_from_db()
    assert order.title == "Masker tiga lapis"
    assert order.collection_points.get().name == "Masbagik"
    officer.post(f"{order.get_absolute_url()}ubah/", typed(people, act="add", title="Lain"))
    publish_order(order=order, by=people.officer.key)
    answer = officer.post(f"{order.get_absolute_url()}ubah/", typed(people, title="Lain"), follow=True)
    assert "its terms stand" in answer.content.decode()
    order.refresh_from_db()
    assert order.title == "Masker tiga lapis"


def test_a_refused_change_tells_its_fault(officer: Client, people: Cast) -> None:
    draft = make.order(published=False)
    page = officer.post(f"{draft.get_absolute_url()}ubah/", typed(people, due_on="1/1/2020")).content.decode()
    assert "has passed" in page


def test_required_certificates_are_kept(officer: Client, people: Cast) -> None:
    Scheme.objects.create(code="penjahit", name="Penjahit", name_en="Tailor", covers="skill")
    page = officer.get(NEW).content.decode()
    assert "Tailor" in page
    officer.post(NEW, typed(people, schemes=["penjahit"]))
    assert [r.scheme_id for r in Order.objects.get().required_schemes.all()] == ["penjahit"]
    assert "Penjahit" in officer.get(Order.objects.get().get_absolute_url()).content.decode()


def test_an_order_with_public_money_says_what_is_missing_before_it_is_published(
    officer: Client, people: Cast
) -> None:
    officer.post(NEW, typed(people, is_public="on", legal_basis="Perpres 12/2021"))
    order = Order.objects.get()
    for tail in ("", "ubah/"):
        page = officer.get(f"{order.get_absolute_url()}{tail}").content.decode()
        for words in (
            "Procurement method",
            "Budget line",
            "Responsible official",
            "Source of the reference price",
        ):
            assert f"– {words}" in page
        assert "– Legal basis" not in page
    answer = officer.post(f"{order.get_absolute_url()}terbitkan/", follow=True)
    assert "An order with public money says first" in answer.content.decode()
    order.refresh_from_db()
    assert order.published_at is None


def test_a_complete_draft_is_published_by_its_main_button(officer: Client, people: Cast) -> None:
    officer.post(NEW, typed(people))
    order = Order.objects.get()
    page = officer.get(order.get_absolute_url()).content.decode()
    assert f'action="{order.get_absolute_url()}terbitkan/"' in page
    officer.post(f"{order.get_absolute_url()}terbitkan/")
    order.refresh_from_db()
    assert order.published_by == people.officer.key


def test_a_draft_without_a_line_asks_for_one(officer: Client) -> None:
    draft = make.order(published=False)
    page = officer.get(draft.get_absolute_url()).content.decode()
    assert f'href="{draft.get_absolute_url()}baris/"' in page
    assert "The order has no line yet." in page


def test_lines_are_added_and_changed_in_a_draft(officer: Client) -> None:
    draft = make.order(published=False)
    fields = {
        "kind": "masker-kain",
        "size": "Anak",
        "quantity": "1,25 juta",
        "price_rupiah": "3.000",
        "supply": "service",
    }
    officer.post(f"{draft.get_absolute_url()}baris/", fields)
    line = draft.lines.get()
    assert (line.quantity, line.supply) == (1_250_000, "service")
    assert 'value="1,250,000"' in officer.get(f"{draft.get_absolute_url()}baris/{line.pk}/").content.decode()
    officer.post(f"{draft.get_absolute_url()}baris/{line.pk}/", fields | {"quantity": "500"})
    line.refresh_from_db()
    assert line.quantity == 500


def test_the_same_goods_twice_are_one_line(officer: Client) -> None:
    draft = make.order(published=False)
    make.line(draft, size="Anak")
    fields = {
        "kind": "masker-kain",
        "size": "Anak",
        "quantity": "10",
        "price_rupiah": "3.000",
        "supply": "goods",
    }
    page = officer.post(f"{draft.get_absolute_url()}baris/", fields).content.decode()
    assert "The order has a line of this kind and size already." in page
    assert draft.lines.count() == 1


def test_a_cancelled_order_says_why_and_cannot_be_cancelled_again(officer: Client, people: Cast) -> None:
    found = office.offered()
    tail = office.path(found, "batalkan/")
    assert "required" in officer.post(tail, {"reason": ""}).content.decode()
    assert "required" in officer.post(tail, {"reason": "   "}).content.decode()
    officer.post(tail, {"reason": "Pembeli mundur"})
    page = officer.get(office.path(found)).content.decode()
    assert "Pembeli mundur" in page
    assert "already cancelled" in officer.get(tail, follow=True).content.decode()
    assert {share.state for share in found.shares} == {"withdrawn"}


def test_all_faults_stand_together_at_the_top_with_the_names_of_their_fields(
    officer: Client, people: Cast
) -> None:
    page = sent(officer, people, title="", **{"line-quantity": "0", "points-0-name": ""})
    assert page.count('id="faults"') == 1
    assert "There are three things to put right." in page
    assert '<a href="#id_line-quantity">Quantity: Write a quantity of at least 1.</a>' in page


def test_each_makers_own_price_is_told_with_its_ceiling(officer: Client) -> None:
    order = make.order(price_mode="own")
    make.line(order, price=5_000)
    page = officer.get(order.get_absolute_url()).content.decode()
    assert "at most Rp5,000 for each of the sheets" in page


def test_after_number_9999_of_a_year_comes_10000() -> None:
    for code in ("PSN-2031-9999", "PSN-2031-10000"):
        make.order(code=code)
    assert last_code("PSN-2031-") == "PSN-2031-10000"
    assert next_code(year=2031, last="PSN-2031-10000") == "PSN-2031-10001"
