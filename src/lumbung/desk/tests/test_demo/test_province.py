"""What a demo's file may say: every number leans on something, every place is one; the code knows no province."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lumbung.desk.management.demo import province
from lumbung.desk.management.demo.drawing import draw
from lumbung.desk.management.demo.names import PHONES_OF_NOBODY
from lumbung.desk.management.demo.places import Places
from lumbung.desk.management.demo.province import WrongFile
from lumbung.makers.rules import faults_of_good
from lumbung.places.tests.factories import village

SHIPPED = tomllib.loads(province.shipped().read_text())
SMALL = """
province = "{code}"
seed = 7
accounts = []
parties = []
kinds = []
schemes = []
orders = []
declined_for = {{ busy = 1 }}
register = {{ assumption = "set by hand", shared_accounts = 1, shared_houses = 1, steps = [] }}

[names]
assumption = "invented"
locale = "id_ID"
second_name_percent = 50
women_percent = 50
groups = ["Maju"]
hamlets = ["Utara"]
roads = ["Melati"]
banks = ["BRI"]
titles = [{{ regencies = ["{regency}"], women = ["Ni Luh"], men = ["I Gede"] }}]

[[trades]]
kind = "kain"
makers = 40
assumption = "invented"
weekly = {{ low = 2, likely = 4, high = 8, {basis} }}
price = {{ low = 1000, likely = 1500, high = 2500, step = 100, assumption = "invented" }}
lots = [[1, 1]]
groups = {{ percent = 20, houses = [3, 5], assumption = "invented" }}
spread = {{ "{regency}" = 1, assumption = "invented" }}
sentra = [{{ village = "{village}", percent = 50, assumption = "invented" }}]
"""


def written(folder: Path, **words: str) -> Path:
    path = folder / "other.toml"
    path.write_text(SMALL.format(**({"basis": 'assumption = "invented"'} | words)))
    return path


def test_the_shipped_file_says_what_every_number_leans_on() -> None:
    assert list(province.without_basis(SHIPPED)) == []
    assert province.read(province.shipped()).makers == sum(trade["makers"] for trade in SHIPPED["trades"])


@pytest.mark.parametrize("basis", ["", 'fact = "somebody said so"'])
def test_a_number_that_leans_on_nothing_is_refused(tmp_path: Path, basis: str) -> None:
    path = written(tmp_path, code="51", regency="X", village="Y, Z", basis=basis or "step = 1")
    with pytest.raises(WrongFile, match="kain: weekly of kain"):
        province.read(path)


def test_facts_carry_their_source_and_sentra_stay_below_a_hundred() -> None:
    for trade in SHIPPED["trades"]:
        assert sum(one["percent"] for one in trade.get("sentra", ())) <= 100
    assert all(table["source"] for table in facts(SHIPPED))


def facts(table: Any) -> list[dict[str, Any]]:
    """Every table within this one that states a fact."""
    if isinstance(table, list):
        return [found for one in table for found in facts(one)]
    if not isinstance(table, dict):
        return []
    below = [found for one in table.values() for found in facts(one)]
    return [table, *below] if "fact" in table else below


@pytest.mark.django_db
def test_another_provinces_demo_is_another_file(tmp_path: Path) -> None:
    here = village("51.01.01.2001", "Nusa Contoh")
    regency = here.district.regency
    path = written(
        tmp_path,
        code=regency.province_id,
        regency=regency.short_name,
        village=f"{here.name}, {here.district.name}",
    )
    drafts = draw(province.read(path))
    assert len(drafts) == 40
    owners = [draft.persons[0] for draft in drafts]
    assert all(owner.full_name.startswith(("Ni Luh ", "I Gede ")) for owner in owners)
    assert {draft.village for draft in drafts} == {here}


@pytest.mark.django_db
def test_a_place_that_is_none_or_several_is_told(tmp_path: Path) -> None:
    here = village("51.01.01.2001", "Nusa Contoh")
    places = Places(here.district.regency.province_id)
    with pytest.raises(WrongFile, match="0 villages are called Nowhere"):
        places.village("Nowhere, There")
    with pytest.raises(WrongFile, match="No regency is called Nowhere"):
        places.regency("Nowhere")
    with pytest.raises(WrongFile, match="No village of province 99"):
        Places("99")


@pytest.mark.usefixtures("demo")
def test_the_same_seed_draws_the_same_makers_and_any_number_of_them() -> None:
    demo = province.read(province.shipped())
    first, second = draw(demo, makers=300), draw(demo, makers=300)
    assert [d.persons for d in first] == [d.persons for d in second]
    assert [d.goods for d in first] == [d.goods for d in second]
    assert 250 < len(first) < 350
    assert abs(len(draw(demo, makers=2 * demo.makers)) - 2 * demo.makers) < 20


@pytest.mark.usefixtures("demo")
def test_the_weight_lies_where_the_facts_say_and_the_rest_is_spread() -> None:
    drafts = draw(province.read(province.shipped()))
    sugar = Counter(d.village.name for d in drafts if d.trade.ware.kind == "gula-semut")
    assert sugar.most_common(1)[0][0] == "Kekait"
    assert 0.35 < sugar["Kekait"] / sugar.total() < 0.6
    tailors = {d.village.district.regency_id for d in drafts if d.trade.ware.kind == "masker-kain"}
    assert len(tailors) == 10
    assert len({d.village.pk for d in drafts}) > 500


@pytest.mark.usefixtures("demo")
def test_what_is_drawn_is_right_for_the_register() -> None:
    drafts = draw(province.read(province.shipped()))
    goods = [good for draft in drafts for good in draft.goods]
    assert not [
        good
        for good in goods
        if faults_of_good(
            price_rupiah=good.price_rupiah,
            weekly_capacity=good.weekly_capacity,
            minimum_lot=good.minimum_lot,
        )
    ]
    phones = [person.phone for draft in drafts for person in draft.persons if person.phone]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith(PHONES_OF_NOBODY) for phone in phones)
    accounts = Counter(draft.account for draft in drafts)
    assert sum(times - 1 for times in accounts.values()) == SHIPPED["register"]["shared_accounts"]
