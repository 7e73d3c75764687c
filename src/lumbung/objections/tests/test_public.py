"""Everybody reads on an order's public page how to object, how many did, and what they were answered."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from foundation import clock
from lumbung.objections.actions import objecting as actions
from lumbung.objections.choices import ObjectionOutcome
from lumbung.objections.models import Objection
from lumbung.objections.queries.objections import totals_of
from lumbung.objections.tests.objecting import ANSWER, filed, line_decided_by
from lumbung.orders.models import OrderLine
from lumbung.organisations.tests.factories import member, party
from lumbung.people.choices import Officer

pytestmark = pytest.mark.django_db
BY = "person:1"


def why(line: OrderLine) -> str:
    client = Client(headers={"accept-language": "en"})
    return client.get(f"/kuota/{line.order.code}/mengapa/").content.decode()


def test_the_page_counts_objections_and_shows_answers_without_names() -> None:
    line = line_decided_by()
    assert "Nobody has objected so far." in why(line)
    late = filed(line.order, phone="081233334441", words="Kata rahasia yang panjang.")
    Objection.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=1))
    upheld = filed(line.order, full_name="Nama Rahasia", words="Kata rahasia yang lain lagi.")
    actions.answer_objection(
        objection=upheld, by=member(Officer, party()).key, **(ANSWER | {"outcome": ObjectionOutcome.UPHELD})
    )
    html = why(line)
    section = html.partition('id="keberatan"')[2].partition("</section>")[0]
    assert re.findall(r'<dd class="number[^"]*">(\d+)</dd>', section) == list("211111")
    assert ANSWER["public_words"] in section
    assert "Past its day" in section
    for private in ("rahasia", "Rahasia", ANSWER["reason"], upheld.code):
        assert private not in html


def test_the_page_leads_to_the_form_and_says_the_term_and_the_last_day() -> None:
    line = line_decided_by()
    html = why(line)
    assert f'href="/kuota/{line.order.code}/keberatan/"' in html
    assert "within 5 working days" in html
    assert "In time until" in html


def test_objections_add_up_when_one_was_replied_to_and_one_taken_back() -> None:
    line = line_decided_by()
    answerer = member(Officer, party()).key
    first, second, third = (filed(line.order) for _ in range(3))
    for one in (first, second):
        actions.answer_objection(objection=one, by=answerer, **ANSWER)
    actions.reply_to_objection(objection=first, words="Tetangga saya mendapat bagian.", by=BY)
    actions.withdraw_objection(objection=third, by=BY)
    totals = totals_of(line.order)
    assert (totals.filed, totals.answered, totals.open, totals.withdrawn) == (3, 1, 1, 1)
    assert "Taken back: 1." in why(line)


def test_among_the_questions_stands_how_many_objected() -> None:
    line = line_decided_by()
    assert "Nobody so far." in why(line)
    filed(line.order)
    assert "1 objection so far." in why(line)
