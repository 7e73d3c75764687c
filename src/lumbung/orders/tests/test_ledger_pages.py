"""The ledger as everybody may read it, and as the office and the auditor do; the list of priority villages."""

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.errors import Refused
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.actions.priority import add_priority_village, end_priority_village
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.models import PriorityVillage, Share
from lumbung.orders.queries.ledger_page import priority_list
from lumbung.orders.rules.grouping import PlaceSum, added, regency_groups
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.office import rows_of
from lumbung.organisations.tests.factories import cast
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
OFFICER, HEAD = "person:1", "person:2"


def decided_order(*, villages: int = 2, makers: int = 6):
    for number in range(villages):
        place = make.village(f"52.03.05.20{number + 10}", f"Desa {number}")
        for _ in range(makers):
            make.tailor(weekly=70, village=place)
    line = make.line(make.order(visit_rupiah=0), quantity=1_000)
    decide_split(split=propose_split(split=compute_split(line=line, by=OFFICER), by=OFFICER), by=HEAD)
    for share in Share.objects.all():
        accept_share(share=share, by="link:1")
    return line


def read(address: str, person=None, language: str = "en") -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    if person:
        client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# groups

SUMS = st.builds(
    PlaceSum,
    village=st.sampled_from(
        [f"52.0{regency}.01.20{village:02d}" for regency in range(1, 4) for village in range(9)]
    ),
    makers=st.integers(1, 12),
    households=st.integers(1, 30),
    entitled=st.integers(0, 900),
    received=st.integers(0, 900),
).flatmap(
    lambda row: st.integers(0, row.makers).map(
        lambda chosen: PlaceSum(row.village, row.makers, chosen, row.households, row.entitled, row.received)
    )
)


@given(st.lists(SUMS, max_size=20, unique_by=lambda row: row.village))
def test_no_group_that_is_shown_tells_of_fewer_than_five_makers(rows):
    groups = regency_groups(rows)
    for group in groups:
        assert group.whole.is_large_enough
        assert all(place.is_large_enough for place in group.villages)
        assert group.rest is None or not group.villages or group.rest.is_large_enough
        if group.code:
            parts = [*group.villages, *([group.rest] if group.rest else [])]
            assert added(parts) == group.whole, "what is shown adds up: nothing can be found by subtraction"


# pages


@pytest.mark.parametrize("language", ["id", "en"])
def test_everybody_reads_totals_by_village_and_no_name(language):
    cache.clear()
    line = decided_order()
    html = read("/giliran/", language=language)
    assert "Desa 0" in html
    assert "1.000" in html or "1,000" in html
    assert line.order.title in html
    for maker in line.shares.select_related("maker__party"):
        assert maker.maker.party.name not in html


def test_a_village_of_few_is_shown_with_its_regency_only():
    cache.clear()
    decided_order(villages=3, makers=2)
    html = read("/giliran/")
    assert "Desa 0" not in html
    assert "Lombok Timur" in html or "52.03" in html


def test_before_the_first_split_the_page_says_so():
    assert "No order has been split yet" in read("/giliran/")


def test_the_office_and_the_auditor_read_it_maker_by_maker_and_as_excel():
    line = decided_order()
    people = cast()
    for reader in (people.officer, people.auditor):
        html = read("/giliran/pelaku/?kind=masker-kain", reader)
        for share in line.shares.select_related("maker__party"):
            assert share.maker.party.name in html
    client = Client()
    client.force_login(people.auditor)
    rows = rows_of(client.get("/giliran/pelaku/excel/?kind=masker-kain").getvalue())
    assert len(rows) == 13
    assert sum(row[6] for row in rows[1:]) == sum(row[7] for row in rows[1:]) == 1_000
    assert Client().get("/giliran/pelaku/").status_code == 302
    client.force_login(people.stranger)
    assert (
        client.get("/giliran/pelaku/").status_code == client.get("/giliran/pelaku/excel/").status_code == 403
    )


def test_a_search_narrows_the_list_and_nonsense_in_the_address_does_no_harm():
    line = decided_order()
    people = cast()
    name = line.shares.first().maker.party.name
    assert name in read(f"/giliran/pelaku/?text={name}", people.officer)
    assert "No maker fits" in read("/giliran/pelaku/?text=tidakada", people.officer)
    for nonsense in ("?kind=x&after=a&before=-1", "?regency=zz", "?first=99999999999"):
        read(f"/giliran/pelaku/{nonsense}", people.officer)
        read(f"/giliran/{nonsense}")


@pytest.mark.parametrize("makers", [3, 12])
def test_the_pages_take_a_bounded_number_of_queries(makers, django_assert_max_num_queries):
    cache.clear()
    decided_order(makers=makers)
    people = cast()
    client = Client()
    with django_assert_max_num_queries(12):
        client.get("/giliran/")
    client.force_login(people.officer)
    with django_assert_max_num_queries(20):
        client.get("/giliran/pelaku/")


# priority villages


def test_a_village_is_put_on_the_list_with_its_basis_and_taken_off_again():
    people = cast()
    village = make.village()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(people.officer)
    sent = {"village": village.full_name, "basis": "SK Gubernur contoh 1/2026"}
    assert client.post("/desa-prioritas/", sent).status_code == 302
    html = read("/desa-prioritas/")
    assert village.name in html
    assert "SK Gubernur contoh 1/2026" in html
    assert "Take off the list" not in html
    listed = PriorityVillage.objects.get()
    assert client.post(f"/desa-prioritas/{listed.pk}/akhiri/").status_code == 302
    listed.refresh_from_db()
    assert listed.ends_on == clock.today()
    deeds = Record.objects.filter(subject="priority-villages").values_list("deed", flat=True)
    assert set(deeds) == {"orders.priority_added", "orders.priority_ended"}


def test_a_village_without_basis_or_twice_is_refused_at_its_field():
    village = make.village()
    with pytest.raises(Refused) as refused:
        add_priority_village(village=village, basis="  ", by=OFFICER)
    assert refused.value.field == "basis"
    listed = add_priority_village(village=village, basis="SK contoh", by=OFFICER)
    with pytest.raises(Refused) as refused:
        add_priority_village(village=village, basis="SK contoh", by=OFFICER)
    assert refused.value.field == "village"
    PriorityVillage.objects.update(starts_on="2020-01-01", ends_on="2020-02-01")
    with pytest.raises(Refused):
        end_priority_village(listed=listed, by=OFFICER)
    assert not priority_list().exists()


def test_only_officers_change_the_list_and_everybody_reads_it():
    people = cast()
    listed = add_priority_village(village=make.village(), basis="SK contoh", by=OFFICER)
    for _name, who in people.everybody():
        client = Client()
        client.force_login(who)
        assert client.get("/desa-prioritas/").status_code == 200
        expected = 302 if who == people.officer else 403
        if who != people.officer:
            client.post("/desa-prioritas/", {"village": "x", "basis": "y"})
        assert client.post(f"/desa-prioritas/{listed.pk}/akhiri/").status_code == expected
    assert PriorityVillage.objects.count() == 1
    assert rows_of(Client().get("/desa-prioritas/excel/").getvalue())[1][0] == listed.village.full_name
