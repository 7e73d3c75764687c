"""Two strangers argue whether a split was fair, and both find their answer on its public page."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from foundation import clock
from lumbung.orders.choices import PriceMode, Reason
from lumbung.orders.models import Order, OrderLine, Split
from lumbung.orders.rules import public as rules
from lumbung.orders.rules.questions import questions_about
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.orders.tests.offering import quiet_line
from lumbung.organisations.tests.factories import member, party
from lumbung.people.choices import Decider
from lumbung.places.models import Village

pytestmark = pytest.mark.django_db
COST = {"own": 3_581, "limit": 3_558}


def why(line: OrderLine, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    response = client.get(f"/kuota/{line.order.code}/mengapa/")
    assert response.status_code == 200
    return response.content.decode()


def split_in(
    places: dict[Village, tuple[int, int]], line: OrderLine | None = None, **fields: object
) -> Split:
    """A decided split with so many makers with 100 pieces, and so many without, in each village."""
    line = line or quiet_line(quantity=50_000)
    amounts = {
        make.tailor(village=village): 100
        for village, (taking, _left) in places.items()
        for _ in range(taking)
    }
    fields = {"common_cap": 100, "decided_by": member(Decider, party()).key} | fields
    split = make.decided_split(line, amounts, **fields)
    for village, (_taking, left) in places.items():
        for _ in range(left):
            make.split_row(split, make.tailor(village=village), 0, reason=Reason.COST, numbers=COST)
    split.eligible = split.rows.filter(eligible=True).count()
    split.save()
    return split


def village(number: int, regency: str = "52.03") -> Village:
    return make.village(f"{regency}.05.{2000 + number}", f"Desa {regency[-2:]}{number:02d}")


def villages(split: Split, query: str = "") -> str:
    """The page of its own, village by village."""
    line = split.line
    response = Client(headers={"accept-language": "en"}).get(
        f"/kuota/{line.order.code}/mengapa/{line.pk}/desa/{query}"
    )
    assert response.status_code == 200
    return response.content.decode()


def rows_of(html: str) -> dict[str, list[str]]:
    """Place → pieces, makers taking part, pieces a house."""
    table = html.partition('<table class="table places">')[2].partition("</table>")[0]
    cells = re.sub(r"<span[^>]*>[^<]*</span>", "", table)
    found = {}
    for row in re.findall(r"<tr.*?</tr>", cells, flags=re.DOTALL)[1:]:
        name, *values = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row)
        found[name.strip()] = [value.strip() for value in values]
    return found


# The questions


def test_what_counts_for_the_whole_order_is_told_once_and_each_line_tells_its_own_numbers() -> None:
    first = quiet_line(quantity=50_000)
    second = make.line(first.order, quantity=30_000, price=3_900, size="L")
    at = clock.now()
    for line, cap in ((first, 100), (second, 90)):
        split_in({village(cap): (6, 6)}, line, common_cap=cap, proposed_at=at, decided_at=at)
    Split.objects.update(decided_by="person:2")
    html = why(first)
    for once in ("Whoever says no makes room", "When, and by whom", "Who checked it?", "How many objected?"):
        assert html.count(once) == 1, once
    assert html.count("Did one village, or the house of somebody important, get more?") == 2
    assert html.count("Was somebody paid more?") == 2
    for number in ("no house gets more than 100", "no house gets more than 90", "Rp3,400", "Rp3,900"):
        assert number in html


def test_a_line_that_somebody_else_decided_says_who() -> None:
    first = quiet_line(quantity=50_000)
    second = make.line(first.order, quantity=30_000, size="L")
    for number, line in enumerate((first, second)):
        split_in({village(number): (6, 6)}, line)
    assert why(first).count("When, and by whom") == 2


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_question_of_the_village_has_its_answer(language: str) -> None:
    split = split_in({village(1): (6, 7)}, first_timers=6)
    Order.objects.filter(pk=split.line.order_id).update(
        draw_seal="a" * 64, draw_sealed_at=clock.now() - timedelta(days=3)
    )
    html = why(split.line, language)
    asked = re.findall(r"<dt>([^<]+\?)</dt>", html)
    assert len(asked) == 7
    assert "Decider Contoh" in html
    with translation.override(language):
        for wanted in (
            "Was somebody paid more?",
            "How many objected?",
            "Could the office have chosen the draw?",
        ):
            assert translation.gettext(wanted) in asked


def answers(split: Split, **changes: Any) -> list[str]:
    with translation.override("en"):
        asked = questions_about(
            split,
            **(
                {
                    "unit": "sheets",
                    "proposed_by": "Rohani",
                    "decided_by": "H. Suherman",
                    "computed": 3,
                    "office": "Dinas",
                }
                | changes
            ),
        )
    return [one.answer for one in asked]


def test_the_neighbour_question_tells_of_the_row_or_that_nobody_waits() -> None:
    assert "one row" in answers(split_in({village(1): (6, 7)}))[0]
    assert "has a share" in answers(split_in({village(1): (6, 0)}))[0]


def test_no_house_gets_more_than_the_limit_wherever_it_stands() -> None:
    assert "more than 100 sheets" in answers(split_in({village(1): (6, 0)}))[1]
    assert "can make" in answers(split_in({village(1): (6, 0)}, common_cap=None))[1]


def test_who_is_paid_what_is_told_for_both_kinds_of_price() -> None:
    split = split_in({village(1): (6, 0)})
    assert answers(split)[2].startswith("No.")
    split.line.order.price_mode = PriceMode.OWN
    assert "asks more" in answers(split)[2]


def test_the_draw_is_told_with_its_seal_and_whether_it_decided_anything() -> None:
    split = split_in({village(1): (6, 0)})
    assert "nobody lost by the draw" in answers(split)[3]
    assert "computed 3 times" in answers(split)[3]
    split.waiting = {"tie": 12}
    assert "12" in answers(split)[3]
    split.waiting = {"tie": 2}
    assert "fewer than five" in answers(split)[3]


def test_who_decided_is_named_and_newcomers_are_told() -> None:
    split = split_in({village(1): (6, 0)}, first_timers=6, newcomer_least=50, newcomer_quantity=60)
    told = answers(split)
    assert "Rohani proposed it and H. Suherman decided it" in told[4]
    assert "6 makers take part for the first time" in told[5]
    assert "At least 50 sheets" in told[5]
    assert "another decided" in answers(split, decided_by="")[4]
    split.first_timers = 3
    assert "first time" not in answers(split)[5]


# By place


def test_the_table_adds_up_and_tells_pieces_for_each_house() -> None:
    split = split_in({village(1): (6, 7), village(2): (9, 0), village(1, "52.06"): (8, 5)})
    rows = rows_of(villages(split))
    assert rows["Desa 0301"] == ["600", "6 of 13", "100"]
    assert rows["Desa 0302"] == ["900", "9 of 9", "100"]
    assert rows["Sum"][:2] == ["2,300", "23 of 35"]


def test_a_village_under_five_is_taken_together_with_another() -> None:
    split = split_in({village(1): (6, 0), village(2): (2, 0), village(3): (9, 0)})
    rows = rows_of(villages(split))
    assert "Desa 0302" not in rows
    assert len([name for name in rows if name.startswith("Desa")]) == 1
    assert rows["Other villages together"][0] in {"800", "1,100"}


def test_a_regency_hidden_on_the_map_is_hidden_in_the_table_and_takes_the_same_one_with_it() -> None:
    split = split_in(
        {
            village(1): (20, 0),
            village(1, "52.04"): (2, 0),
            village(1, "52.05"): (6, 0),
            village(1, "52.06"): (9, 0),
        }
    )
    rows = rows_of(villages(split))
    assert rows["Other regencies together"][0] == "800"
    html = why(split.line)
    assert "Other regencies together" in html
    assert (
        "200" not in html.partition('<table class="table regencies">')[0].partition('<figure class="map">')[2]
    )


def test_fewer_than_five_without_a_share_cannot_be_worked_out() -> None:
    split = split_in({village(1): (6, 2), village(2): (9, 6), village(3): (9, 9)})
    rows = rows_of(villages(split))
    assert rows["Desa 0301"][1] == "6"
    assert rows["Desa 0302"][1] == "9"
    assert rows["Desa 0303"][1] == "9 of 18"


def test_the_villages_come_page_by_page_and_end_with_the_sum() -> None:
    split = split_in({village(number): (6, 0) for number in range(1, 54)})
    first = villages(split)
    assert "1–50 of 53" in first and "<tfoot>" not in first
    last = villages(split, unescape(re.findall(r'href="([^"]*after=[^"]*)"', first)[0]))
    assert "51–53 of 53" in last
    assert rows_of(last)["Sum"][0] == "31,800"
    assert rows_of(first).keys() & rows_of(last).keys() == {"Lombok Timur"}
    assert "1–50 of 53" in villages(split, unescape(re.findall(r'href="([^"]*before=[^"]*)"', last)[0]))


def test_the_villages_go_out_as_a_workbook_that_tells_no_more_than_the_page() -> None:
    split = split_in({village(1): (6, 2), village(2): (9, 6), village(3): (9, 9)})
    line = split.line
    content = Client(headers={"accept-language": "en"}).get(
        f"/kuota/{line.order.code}/mengapa/{line.pk}/desa/excel/"
    )
    rows = {row[1]: row[2:7] for row in office.rows_of(content.getvalue())[1:]}
    assert rows["Desa 0301"] == [600, 6, "", 6, 100]
    assert rows["Desa 0303"] == [900, 9, 18, 9, 100]


def test_villages_are_told_of_decided_plans_with_enough_makers_only() -> None:
    few = split_in({village(1): (3, 9)})
    undecided = make.line()
    for line in (few.line, undecided):
        for end in ("", "excel/"):
            address = f"/kuota/{line.order.code}/mengapa/{line.pk}/desa/{end}"
            assert Client().get(address).status_code == 404
    other = split_in({village(2): (6, 0)}, make.line())
    assert Client().get(f"/kuota/{few.line.order.code}/mengapa/{other.line_id}/desa/").status_code == 404


@pytest.mark.parametrize(
    ("rests", "hidden"),
    [([], set()), ([0, 0], set()), ([5, 9], set()), ([2, 9, 6], {0, 2}), ([3, 3, 9], {0, 1}), ([4], {0})],
)
def test_a_small_rest_takes_the_next_smallest_with_it(rests: list[int], hidden: set[int]) -> None:
    assert rules.hidden_beside(rests) == hidden


def test_houses_at_the_limit_and_below_are_told_unless_they_are_few() -> None:
    assert rules.shares_of_houses([[100, 8], [40, 5], [0, 9]], cap=100) == [(8, True), (5, False)]
    assert rules.shares_of_houses([[100, 8], [40, 2]], cap=100) == []
    assert rules.shares_of_houses([[100, 8]], cap=None) == []


def test_a_few_others_do_not_take_the_reason_of_many_away() -> None:
    with translation.override("en"):
        groups = rules.waited_groups({"cost": 176, "tie": 2})
    assert [(group.count, "threshold" in group.sentence) for group in groups] == [(178, True)]
    assert "Fewer than five" in groups[0].sentence
