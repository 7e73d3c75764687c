"""Every deed that the room leaves a record of sounds like a sentence."""

import pytest
from django.utils import translation

from lumbung.objections import choices
from lumbung.objections.panels import DEEDS
from lumbung.objections.rules import telling


def deeds() -> set[str]:
    """Named as constants: this room names them nowhere else."""
    return {
        value
        for value in vars(choices).values()
        if isinstance(value, str) and value.startswith("objections.")
    }


def test_every_deed_has_its_sentence_and_its_words() -> None:
    assert len(deeds()) == 6
    assert deeds() == set(telling._SENTENCES) == set(DEEDS)


@pytest.mark.parametrize(
    ("round_", "sentence"), [(1, "KBR-1 answered: upheld."), (2, "KBR-1 answered a second time: upheld.")]
)
def test_an_answer_says_how_it_ends(round_: int, sentence: str) -> None:
    content = {"objection": "KBR-1", "outcome": "upheld", "round": round_}
    with translation.override("en"):
        assert telling.sentence_of(choices.OBJECTION_ANSWERED, content) == sentence


def test_a_deed_of_another_room_is_told_there() -> None:
    assert telling.sentence_of("orders.share_accepted", {}) == ""
