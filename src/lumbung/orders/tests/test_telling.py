"""Every deed that the room leaves a record of sounds like a sentence, and forms refuse kindly."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lumbung.orders.forms.filters import ShareFilter
from lumbung.orders.rules import telling

ROOM = Path(settings.ROOT) / "src" / "lumbung" / "orders"


def deeds_left() -> set[str]:
    """The deeds named in the room's actions (long.py names work, no deeds), and those named as constants."""
    actions = sorted((ROOM / "actions").glob("*.py"))
    texts = [path.read_text(encoding="utf-8") for path in actions if path.name != "long.py"]
    texts.append((ROOM / "choices.py").read_text(encoding="utf-8"))
    return {deed for text in texts for deed in re.findall(r'"(orders\.[a-z_]+)"', text)}


def test_every_deed_has_its_sentence() -> None:
    assert deeds_left()
    assert deeds_left() <= set(telling._SENTENCES)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"confirmed": 60, "offered": 60}, "menyanggupi 60."),
        ({"confirmed": 60, "offered": 100}, "menyanggupi 60 dari 100."),
    ],
)
def test_a_taken_share_says_how_much(content: dict[str, int], sentence: str) -> None:
    assert telling.sentence_of("orders.share_accepted", content, "Sahnim").endswith(sentence)


def test_a_resplit_says_what_is_still_with_nobody() -> None:
    content = {"quantity": 40, "makers": 2, "shortage": 5}
    assert "5" in telling.sentence_of("orders.split_again", content)
    whole = telling.sentence_of("orders.split_again", content | {"shortage": 0})
    assert "5" not in whole


def test_a_deed_of_another_room_is_told_there() -> None:
    assert telling.sentence_of("objections.filed", {}) == ""


def test_a_filter_that_cannot_be_read_narrows_nothing() -> None:
    form = ShareFilter({"state": "nonsense", "q": "sahnim"})
    assert (form.value("state"), form.value("q")) == ("", "sahnim")
