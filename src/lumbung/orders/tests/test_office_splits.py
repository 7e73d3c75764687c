"""Eligibility and split pages: what they show, what they refuse, and the way to a decision."""

import json
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

import ordersplit
from foundation import formats
from lumbung.certification.models import Scheme
from lumbung.makers.choices import MakerState
from lumbung.orders.choices import BUDGETS_BP, Reason, SplitState
from lumbung.orders.models import RequiredScheme, Share, Split
from lumbung.orders.queries.splits import regencies_left_out, standing_split, villages_of
from lumbung.orders.rules import snapshot
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.orders.tests.office import queries_of, rows_of
from lumbung.organisations.tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(people: Cast) -> Client:
    return office.signed_in(people.decider)


def page_of(client: Client, url: str, **values: Any) -> str:
    answer = client.get(url, values)
    assert answer.status_code == 200
    return str(answer.content.decode())


# Who is eligible


def test_a_draft_already_says_whether_it_can_be_done(officer: Client) -> None:
    found = office.published(published=False)
    page = page_of(officer, office.line_path(found, "kelayakan/"))
    assert "6 of 6 makers are eligible" in page
    assert "Yes, it can be done." in page
    assert "terbitkan/" in page
    assert not Split.objects.exists()


def test_a_draft_that_cannot_be_published_says_why_in_the_place_of_the_button(officer: Client) -> None:
    found = office.published(published=False)
    type(found.order).objects.update(is_public=True)
    page = page_of(officer, office.line_path(found, "kelayakan/"))
    assert "terbitkan/" not in page
    assert "Not ready to be published." in page


def test_an_order_nobody_can_fill_says_the_most_and_what_binds(officer: Client) -> None:
    found = office.published(makers=3, quantity=1_000, published=False)
    page = page_of(officer, office.line_path(found, "kelayakan/"))
    assert "No: at most 840 sheets can be delivered." in page
    assert "The capacity of all eligible makers together is too small." in page
    assert "Change the terms" in page


def test_an_order_without_makers_says_so(officer: Client) -> None:
    found = office.published(makers=0)
    page = page_of(officer, office.line_path(found, "kelayakan/"))
    assert "0 of 0 makers are eligible" in page
    assert "at most 0 sheets" in page


def test_the_others_stand_with_their_reason_and_what_would_change_it(officer: Client) -> None:
    found = office.published()
    make.tailor("Kapasitas Nol", weekly=1)
    make.tailor("Berhenti", state=MakerState.PAUSED)
    make.tailor("Minimum Besar", weekly=70, lot=100_000)
    url = office.line_path(found, "kelayakan/")
    page = page_of(officer, url)
    assert "Not active" in page
    assert "Smallest lot 100,000 is above the free capacity 280" in page
    assert "In with a smallest lot of 280 or less" in page
    narrowed = page_of(officer, url, reason=Reason.NOT_ACTIVE)
    assert "Berhenti" in narrowed
    assert "Minimum Besar" not in narrowed
    assert "Minimum Besar" in page_of(officer, url, reason="nonsense")


def test_a_missing_certificate_is_called_by_its_name(officer: Client) -> None:
    found = office.published()
    scheme = Scheme.objects.create(
        code="penjahit", name="Penjahit", name_en="Certified tailor", covers="skill"
    )
    RequiredScheme.objects.create(order=found.order, scheme=scheme)
    page = page_of(officer, office.line_path(found, "kelayakan/"))
    assert "No valid certificate: Certified tailor" in page


def test_long_lists_of_eligibility_go_page_by_page(officer: Client) -> None:
    found = office.published(makers=45, quantity=300)
    url = office.line_path(found, "kelayakan/")
    second = officer.get(url, {"able": "20"})
    assert (second.context["able"].first, second.context["able"].last) == (21, 40)
    last = officer.get(url, {"able": "999999"})
    assert last.context["able"].last == 45
    assert last.context["able_around"].next_url == ""
    assert last.context["able_around"].previous_url == "?able=20#able"
    assert officer.get(url, {"able": "minus"}).context["able"].first == 1


def test_eligibility_asks_as_much_for_many_makers_as_for_few(officer: Client) -> None:
    few = office.published(makers=2, quantity=100)
    url = office.line_path(few, "kelayakan/")
    counted = queries_of(officer, url)
    for _ in range(30):
        make.tailor(weekly=70)
    assert queries_of(officer, url) == counted
    assert counted <= 25


def test_eligibility_goes_out_as_excel(officer: Client) -> None:
    found = office.published()
    make.tailor("Berhenti", state=MakerState.PAUSED)
    content = officer.get(office.line_path(found, "kelayakan/excel/")).getvalue()
    assert len(rows_of(content)) == 1 + 6
    assert rows_of(content, 1)[1][0] == "Berhenti"


# Computing


def test_a_draft_cannot_be_split(officer: Client) -> None:
    found = office.published(published=False)
    url = office.line_path(found, "pembagian/")
    assert "Publish the order first" in page_of(officer, url)
    assert "Publish the order first" in officer.post(url).content.decode()
    assert not Split.objects.exists()


def test_a_split_is_computed_and_shown(officer: Client, people: Cast) -> None:
    found = office.published()
    url = office.line_path(found, "pembagian/")
    assert "Compute the split" in page_of(officer, url)
    assert officer.post(url).headers["Location"] == url
    split = Split.objects.get()
    assert (split.cost_budget_bp, split.computed_by) == (200, people.officer.key)
    page = page_of(officer, url)
    assert page.count('name="budget"') == len(BUDGETS_BP) - 1
    assert formats.rupiah(split.lower_bound_rupiah, "en") in page
    assert "lumbung recompute" in page


def test_choosing_another_budget_computes_another_plan(officer: Client) -> None:
    found = office.drafted()
    url = office.line_path(found, "pembagian/")
    officer.post(url, {"budget": "500"})
    newest = standing_split(found.line)
    assert newest
    assert (newest.number, newest.cost_budget_bp) == (2, 500)
    page = page_of(officer, url)
    assert "The cost budget lies beyond the limit of the programme." in page
    assert "ajukan/" not in page
    assert "has taken the place of this one" in page_of(officer, f"{url}1/")


def test_a_budget_nobody_offered_is_the_orders_own(officer: Client) -> None:
    found = office.published()
    officer.post(office.line_path(found, "pembagian/"), {"budget": "7777"})
    assert Split.objects.get().cost_budget_bp == 200


def test_a_plan_beside_the_ten_budgets_stands_among_them(officer: Client) -> None:
    found = office.published(cost_budget_bp=250)
    officer.post(office.line_path(found, "pembagian/"))
    answer = officer.get(office.line_path(found, "pembagian/"))
    assert [point.budget_bp for point in answer.context["points"]] == sorted([*BUDGETS_BP, 250])
    assert [point.budget_bp for point in answer.context["points"] if point.chosen] == [250]
    assert [point.budget_bp for point in answer.context["points"] if point.beyond_limit] == [300, 400, 500]


def test_an_order_that_cannot_be_filled_is_refused_with_the_most(officer: Client) -> None:
    found = office.published(makers=2, quantity=1_000)
    page = officer.post(office.line_path(found, "pembagian/")).content.decode()
    assert "at most 560 can be delivered" in page
    assert not Split.objects.exists()


def test_while_a_split_is_proposed_no_other_is_computed(officer: Client) -> None:
    found = office.proposed()
    answer = officer.post(office.line_path(found, "pembagian/"), {"budget": "0"}, follow=True)
    assert "proposed or decided already" in answer.content.decode()
    assert Split.objects.count() == 1
    assert 'name="budget"' not in answer.content.decode()


# What the page shows


def test_the_sums_are_those_of_all_rows_not_of_the_page(officer: Client) -> None:
    found = office.drafted(makers=30, quantity=8_000)
    answer = officer.get(office.line_path(found, "pembagian/"))
    rows = list(Split.objects.get().rows.filter(quantity__gt=0))
    assert answer.context["sums"].quantity == sum(row.quantity for row in rows) == 8_000
    assert answer.context["sums"].value_rupiah == sum(row.value_rupiah for row in rows)
    assert len(answer.context["chosen_rows"]) == 20


def test_both_tables_page_on_their_own(officer: Client) -> None:
    found = office.published(makers=0, quantity=5_000)
    for _ in range(25):
        make.tailor(weekly=70)
    for _ in range(15):
        make.tailor(weekly=70, lot=270)
    officer.post(office.line_path(found, "pembagian/"))
    url = office.line_path(found, "pembagian/")
    first = officer.get(url)
    split = Split.objects.get()
    chosen = [shown.row.pk for shown in first.context["chosen_rows"]]
    left = [shown.row.pk for shown in first.context["left_rows"]]
    assert first.context["left"].total == split.eligible - split.makers
    both = officer.get(f"{url}{first.context['chosen_around'].next_url.split('#')[0]}")
    assert [shown.row.pk for shown in both.context["left_rows"]] == left
    assert not set(chosen) & {shown.row.pk for shown in both.context["chosen_rows"]}
    further = officer.get(f"{url}{both.context['left_around'].next_url.split('#')[0]}")
    assert further.context["chosen"].first == 21
    assert further.context["left"].first == 11


def test_everybody_without_a_share_has_one_reason_and_one_change(officer: Client) -> None:
    found = office.drafted(makers=40, quantity=500)
    answer = officer.get(office.line_path(found, "pembagian/"))
    assert all(shown.reason and shown.change for shown in answer.context["left_rows"])


def test_a_group_is_named_with_its_households(officer: Client) -> None:
    found = office.published(makers=6, quantity=1_000)
    make.tailor("Kelompok", weekly=700, households=4)
    officer.post(office.line_path(found, "pembagian/"))
    assert "Common limit × 4 households" in page_of(officer, office.line_path(found, "pembagian/"))


def test_a_regency_left_out_is_told_with_what_it_lacks(officer: Client) -> None:
    found = office.published(makers=6, quantity=1_000, transport_rupiah_per_100_km=50_000)
    far = make.village("52.07.01.2001", "Taliwang", (-8_750_000, 116_850_000))
    far.district.regency.short_name = "Sumbawa Barat"
    far.district.regency.save()
    make.tailor("Jauh", weekly=70, village=far)
    officer.post(office.line_path(found, "pembagian/"))
    split = Split.objects.get()
    out = regencies_left_out(split, villages_of(split))
    row = split.rows.get(maker__party__name="Jauh")
    assert [(o.name, o.makers, o.above) for o in out] == [
        ("Sumbawa Barat", 1, row.numbers["own"] - row.numbers["limit"])
    ]
    assert "Sumbawa Barat gets no share." in page_of(officer, office.line_path(found, "pembagian/"))


def test_a_split_page_asks_as_much_for_many_makers_as_for_few(officer: Client) -> None:
    few, many = office.drafted(makers=2, quantity=300), office.drafted(makers=40, quantity=3_000)
    counted = queries_of(officer, office.line_path(few, "pembagian/"))
    assert queries_of(officer, office.line_path(many, "pembagian/")) <= counted + 1
    assert counted <= 24


def test_the_split_goes_out_as_excel_with_exact_sums(officer: Client) -> None:
    found = office.drafted(makers=10, quantity=1_000)
    content = officer.get(office.line_path(found, "pembagian/1/excel/")).getvalue()
    plan, proof = rows_of(content), rows_of(content, 2)
    split = Split.objects.get()
    assert plan[-1][5] == 1_000
    assert plan[-1][7] == sum(row.value_rupiah for row in split.rows.all())
    assert len(plan) == split.makers + 2
    assert len(rows_of(content, 1)) == split.eligible - split.makers + 1
    assert ["Input hash", split.input_hash] in [row[:2] for row in proof]


def test_the_inputs_compute_the_same_split_again(officer: Client) -> None:
    found = office.drafted(makers=12, quantity=1_000)
    told = json.loads(officer.get(office.line_path(found, "pembagian/1/masukan/")).content)
    problem, _credits = snapshot.problem_from(told)
    policy = ordersplit.Policy(cost_budget=Fraction(told["budget_bp"], 10_000), tie_seed=told["seed"])
    again = ordersplit.solve(problem, policy)
    split = Split.objects.get()
    assert again.input_hash == told["input_hash"] == split.input_hash
    assert again.cost == split.cost_rupiah


# The way to a decision


def test_an_officer_proposes_and_the_head_decides(officer: Client, head: Client, people: Cast) -> None:
    found = office.drafted()
    officer.post(office.line_path(found, "pembagian/1/ajukan/"))
    page = page_of(head, office.line_path(found, "pembagian/"))
    assert f"Proposed by {people.officer.full_name}" in page
    assert "putuskan/" in page
    assert "putuskan/" not in page_of(officer, office.line_path(found, "pembagian/"))
    head.post(office.line_path(found, "pembagian/1/putuskan/"))
    split = Split.objects.get()
    assert (split.state, split.decided_by) == (SplitState.DECIDED, people.decider.key)
    assert Share.objects.count() == split.makers
    assert f"Decided by {people.decider.full_name}" in page_of(officer, office.line_path(found, "pembagian/"))


def test_whoever_proposed_finds_the_reason_in_the_place_of_the_button(head: Client, people: Cast) -> None:
    found = office.proposed(people.decider.key)
    page = page_of(head, office.line_path(found, "pembagian/"))
    assert "You cannot decide this split." in page
    assert "putuskan/" not in page
    answer = head.post(office.line_path(found, "pembagian/1/putuskan/"), follow=True)
    assert "Whoever proposes a split cannot decide it." in answer.content.decode()
    assert Split.objects.get().state == SplitState.PROPOSED


def test_a_split_comes_back_with_its_reason(officer: Client, head: Client) -> None:
    found = office.proposed()
    url = office.line_path(found, "pembagian/1/kembalikan/")
    assert "required" in head.post(url, {"reason": ""}).content.decode()
    answer = head.post(url, {"reason": "Sumbawa belum mendapat."}, follow=True)
    assert "The split is returned, with your reason." in answer.content.decode()
    page = page_of(officer, office.line_path(found, "pembagian/"))
    assert "Sumbawa belum mendapat." in page
    assert 'name="budget"' in page
    again = head.post(url, {"reason": "Sekali lagi"}, follow=True).content.decode()
    assert "Only a proposed split can be decided." in again


def test_deciding_twice_says_so_and_offers_once(head: Client) -> None:
    found = office.proposed()
    url = office.line_path(found, "pembagian/1/putuskan/")
    head.post(url)
    offered = Share.objects.count()
    assert "already decided" in head.post(url, follow=True).content.decode()
    assert Share.objects.count() == offered


def test_who_only_reads_finds_no_button(people: Cast) -> None:
    auditor = office.signed_in(people.auditor)
    drafted, empty = office.drafted(), office.published()
    page = page_of(auditor, office.line_path(drafted, "pembagian/"))
    assert 'name="budget"' not in page
    assert "ajukan/" not in page
    assert "An officer computes and proposes it." in page_of(auditor, office.line_path(empty, "pembagian/"))
    assert Split.objects.count() == 1


def test_both_ways_of_splitting_are_drawn_with_equal_areas(officer: Client) -> None:
    found = office.drafted(makers=12, quantity=1_000)
    answer = officer.get(office.line_path(found, "pembagian/"))
    assert "two ways of splitting" in answer.content.decode()
    sums = answer.context["sums"]
    assert sum(sums.cheapest) == sum(sums.by_household) == sums.quantity == 1_000
