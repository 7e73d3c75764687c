"""The components say what they show, in words and in shape."""

from dataclasses import dataclass

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from foundation import charts
from foundation.forms import LookForm, NumberField
from foundation.states import STATES


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def shown(template, **context):
    return engines["django"].from_string(template).render(context)


@dataclass
class Point:
    budget_bp: int
    largest_share: int
    makers: int = 10
    cost_rupiah: int = 1_000_000
    gini_bp: int = 4000
    chosen: bool = False
    beyond_limit: bool = False
    url: str = ""


class Answer(LookForm):
    quantity = NumberField(label="How many", help_text="At most 693.", max_value=693)
    note = forms.CharField(label="Note", required=False)
    reason = forms.ChoiceField(label="Why", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_bar_is_woven_as_far_as_confirmed_and_says_so():
    page = shown("{% woven 862480 1000000 %}")
    assert 'width="86.24%"' in page
    assert 'aria-label="862,480 of 1,000,000"' in page


def test_nearly_all_is_not_yet_the_whole_cloth():
    assert 'class="whole"' not in shown("{% woven 999999 1000000 %}")
    assert 'width="99.99%"' in shown("{% woven 999999 1000000 %}")
    assert 'class="whole"' in shown("{% woven 1000000 1000000 %}")


def test_nothing_confirmed_is_bare_warp():
    assert "<svg" not in shown("{% woven 0 4000 %}")


def test_a_bar_is_small_on_the_wire():
    assert len(shown("{% woven 862480 1000000 %}")) < 200


@pytest.mark.parametrize("key", STATES)
def test_every_state_has_glyph_colour_and_word(key):
    page = shown("{% state key %}", key=key)
    kind = STATES[key]
    assert page == f'<span class="state {kind.glyph} {kind.colour}">{kind.word}</span>'


def test_steps_tell_where_we_are_on_a_phone_too():
    page = shown('{% steps "Order|Split|Decision" 2 %}')
    assert "Step 2 of 3: <b>Split</b>" in " ".join(page.split())
    assert '<li class="past">Order</li><li aria-current="step">Split</li><li>Decision</li>' in page


def test_an_error_is_named_above_and_at_its_field():
    form = Answer({"quantity": "6.930", "reason": ""})
    page = shown("{{ form }}", form=form)
    assert "There are two things to put right." in page
    assert '<a href="#id_quantity">At most 693. You wrote 6,930.</a>' in page
    assert '<a href="#id_reason_0">' in page
    assert 'aria-describedby="id_quantity_helptext id_quantity_error"' in page
    assert '<p class="wrong" id="id_quantity_error">At most 693. You wrote 6,930.</p>' in page
    assert 'value="6.930"' in page, "what was typed stays as it was typed"


def test_a_field_that_may_stay_empty_says_so():
    assert shown("{% field form.note %}", form=Answer()).count("(may stay empty)") == 1
    assert "(may stay empty)" not in shown("{% field form.quantity %}", form=Answer())


def test_a_form_without_faults_has_no_summary():
    assert "errors" not in shown("{% error_summary form %}", form=Answer())


def test_a_page_of_a_list_says_which_rows_it_shows():
    page = shown('{% pages 1 50 1542 next_url="?after=50" %}')
    assert "1–50 of 1,542" in page
    assert "Previous" not in page


def test_the_light_says_full_only_when_nothing_remains():
    assert "Still open" in shown('{% quota_light 1 "Masks" "pieces" %}')
    assert 'class="light full"' in shown('{% quota_light 0 "Masks" "pieces" %}')


def test_each_budget_is_a_button_except_the_chosen():
    points = [
        Point(0, 5520),
        Point(25, 1728),
        Point(200, 693, chosen=True),
        Point(300, 565, beyond_limit=True),
    ]
    page = shown('{% budget_chart points unit="pieces" action="/x/" method="get" %}', points=points)
    assert page.count("<button") == 3
    assert '<button class="pick" name="budget" value="25">' in page
    assert page.count('class="cut upright"') == 1
    assert "Chosen" in page
    assert page.count("Beyond the programme") == 1


def test_a_budget_with_an_address_is_a_link_and_without_action_there_is_no_form():
    page = shown("{% budget_chart points %}", points=[Point(0, 10, url="?budget=0"), Point(25, 9)])
    assert '<a class="pick" href="?budget=0">' in page
    assert "<form" not in page
    assert "<button" not in page


def test_the_token_of_a_form_is_new_each_time():
    assert shown("{% once %}") != shown("{% once %}")


def test_a_draft_belongs_to_one_person():
    class Person:
        pk = 7

    assert 'data-draft="order:7"' in shown('{% draft "order" %}', me=Person())
    assert 'data-draft="order:0"' in shown('{% draft "order" %}')


def test_only_the_first_sentence_of_a_message_is_bold():
    assert shown("{{ text|bold_first }}", text="Saved. Not <sent>.") == "<b>Saved.</b> Not &lt;sent&gt;."
    assert shown("{{ text|bold_first }}", text="Saved.") == "Saved."


def test_nothing_is_written_for_nothing():
    assert shown("{{ a|number }}{{ a|day }}{{ a|rupiah }}", a=None) == ""


class TestBudgetChart:
    def test_the_first_is_cut_only_when_it_dwarfs_the_second(self):
        assert charts.budget_chart([Point(0, 2201), Point(25, 1000)]).columns[0].cut
        assert not charts.budget_chart([Point(0, 2200), Point(25, 1000)]).columns[0].cut
        assert not charts.budget_chart([Point(0, 2200)]).columns[0].cut

    def test_a_cut_bar_still_stands_above_all_others(self):
        first, second = charts.budget_chart([Point(0, 90_000), Point(25, 1000)]).columns
        assert first.height > second.height

    def test_at_most_three_gridlines_at_round_numbers(self):
        chart = charts.budget_chart([Point(0, 5520), Point(25, 1728), Point(50, 900)])
        assert [line.value for line in chart.grid] == [500, 1000, 1500]

    def test_heights_are_in_proportion(self):
        columns = charts.budget_chart([Point(0, 1000), Point(25, 500)]).columns
        assert columns[0].height == 2 * columns[1].height == charts.TALLEST

    def test_no_budget_is_an_empty_chart(self):
        assert charts.budget_chart([]) == charts.BudgetChart([], [])


class TestFairnessChart:
    def test_it_tells_the_largest_shares_and_how_many_makers(self):
        chart = charts.fairness_chart([900, 100, 0], [400, 300, 300], eligible=10)
        assert (chart.largest_cheapest, chart.largest_chosen) == (900, 400)
        assert (chart.cheapest.count, chart.chosen.count, chart.eligible) == (2, 3, 10)

    def test_two_thousand_makers_are_a_small_drawing(self):
        many = list(range(2000, 0, -1))
        chart = charts.fairness_chart(many, [1000] * 2001, eligible=2114)
        assert chart.sparse.count("M") + chart.dense.count("M") == charts.THREADS
        assert len(chart.sparse + chart.dense + chart.cloth) < 4000

    def test_counts_that_lie_close_stand_on_two_lines(self):
        chart = charts.fairness_chart([5] * 95, [5] * 100, eligible=100)
        assert chart.cheapest.row == 1
        assert not chart.eligible_beside

    def test_no_share_at_all_is_drawn_without_fault(self):
        assert charts.fairness_chart([], []).cloth == ""
