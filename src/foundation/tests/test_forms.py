"""Fields read what people write, and refuse with a sentence."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation

from foundation.forms import DayField, LookForm, NumberField, PercentField, RupiahField


class Order(LookForm):
    quantity = NumberField(min_value=1, max_value=10_000_000)
    price = RupiahField()
    due = DayField()
    more = PercentField(required=False)


GOOD = {"quantity": "1.250.000", "price": "Rp50.000,-", "due": "27/12/2026", "more": "0,25 %"}


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"):
        yield


def test_numbers_money_days_and_percent_are_read_as_written():
    form = Order(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "quantity": 1_250_000,
        "price": 50_000,
        "due": date(2026, 12, 27),
        "more": 25,
    }


@pytest.mark.parametrize(
    ("name", "written"), [("quantity", "banyak"), ("price", "-5"), ("due", "31/02/2026")]
)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_quotes_it(name, written):
    form = Order({**GOOD, name: written})
    assert not form.is_valid()
    assert list(form.errors) == [name]
    assert written in form.errors[name][0]


def test_limits_are_said_with_the_number_written():
    with translation.override("en"):
        form = Order({**GOOD, "quantity": "0"})
        assert form.errors["quantity"] == ["At least 1. You wrote 0."]
        form = Order({**GOOD, "quantity": "10000001"})
        assert form.errors["quantity"] == ["At most 10,000,000. You wrote 10,000,001."]


def test_an_empty_field_may_stay_empty_only_where_it_may():
    form = Order({**GOOD, "quantity": "  ", "more": ""})
    assert list(form.errors) == ["quantity"]
    assert form.cleaned_data["more"] is None


def test_a_value_of_ours_is_shown_as_on_the_page():
    page = str(Order(initial={"quantity": 1_250_000, "price": 3400, "due": date(2026, 12, 27), "more": 200}))
    for text in (
        'value="1.250.000"',
        'value="Rp3.400"',
        'value="27/12/2026"',
        'value="2\N{NO-BREAK SPACE}%"',
    ):
        assert text in page


def test_the_same_number_written_differently_has_not_changed():
    form = Order(
        GOOD | {"quantity": "1250000"},
        initial={"quantity": 1_250_000, "price": 50_000, "due": date(2026, 12, 27), "more": 25},
    )
    assert form.changed_data == []


def test_a_long_list_of_choices_is_written_as_django_writes_it_with_every_text_escaped():
    class Chosen(LookForm):
        place = forms.ChoiceField(
            choices=[
                ("", "–"),
                ("a&b", "Sukamulia <b>"),
                ("Lombok", [("52.01", "Barat"), ("52.02", "Tengah")]),
            ]
        )

    class Plain(Chosen):
        default_renderer = DjangoTemplates

    def bare(form: forms.Form) -> str:
        return "".join(str(form["place"]).split())

    for value in ("", "a&b", "52.02"):
        assert bare(Chosen({"place": value})) == bare(Plain({"place": value}))
