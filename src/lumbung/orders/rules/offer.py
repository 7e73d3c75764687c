"""An offered share in the words of the maker who opens it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from foundation.formats import number
from lumbung.makers.choices import UNIT_SINGULAR, Unit
from lumbung.orders.choices import Reason, ShareState
from lumbung.orders.rules.answer import shown_state, why_not_answer
from lumbung.orders.rules.reasons import reason_sentence
from lumbung.orders.rules.wording import kind_name, unit_of

if TYPE_CHECKING:
    from lumbung.orders.models import OrderLine, Share, Split
    from lumbung.people.models import Person

LONGEST_LABEL = 30


def goods_words(line: "OrderLine") -> str:
    """What is asked, with its size: the order's title where it names the goods, else the goods."""
    goods = line.order.title if line.kind.name.lower() in line.order.title.lower() else kind_name(line.kind)
    return f"{goods}, {_within(line.size)}" if line.size else goods


def _within(words: str) -> str:
    """As it stands within a sentence: `Dewasa` becomes `dewasa`, `XL` stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def unit_singular(line: "OrderLine") -> str:
    """The word after `per`."""
    return str(UNIT_SINGULAR[Unit(line.kind.unit)])


def asked(specification: str) -> tuple[list[tuple[str, str]], list[str]]:
    """A specification as facts (lines such as `Bahan: katun`) and the sentences that are left."""
    facts: list[tuple[str, str]] = []
    sentences: list[str] = []
    for line in filter(None, (line.strip() for line in specification.splitlines())):
        label, colon, value = line.partition(":")
        if colon and value.strip() and len(label) <= LONGEST_LABEL:
            facts.append((label.strip(), value.strip()))
        else:
            sentences.append(line)
    return facts, sentences


def why_this_many(share: "Share", *, whose: str) -> str:
    """The one reason for the amount, said to the maker in a whole sentence."""
    return _said(Reason(share.reason), share.numbers, unit=unit_of(share.line), whose=whose)


def _said(reason: Reason, n: Mapping[str, Any], *, unit: str, whose: str) -> str:
    if reason == Reason.COMMON_CAP:
        return _common_cap(n, unit=unit)
    if reason == Reason.CAPACITY:
        return _("This is all that %(whose)s can still make before the due date: %(capacity)s %(unit)s.") % {
            "whose": whose,
            "capacity": number(n["capacity"]),
            "unit": unit,
        }
    if reason == Reason.MINIMUM_LOT:
        return _("This is the smallest lot that %(whose)s takes: %(lot)s %(unit)s.") % {
            "whose": whose,
            "lot": number(n["lot"]),
            "unit": unit,
        }
    if reason == Reason.LAST_MAKER:
        return _("This is what was left of the order when everybody before had their share.")
    return f"{reason_sentence(reason, n)}."


def _common_cap(n: Mapping[str, Any], *, unit: str) -> str:
    if n.get("households", 1) > 1:
        return _("No house gets more than %(cap)s %(unit)s; this group counts %(households)s houses.") % {
            "cap": number(n["cap"]),
            "unit": unit,
            "households": number(n["households"]),
        }
    return _("No house gets more than %(cap)s %(unit)s.") % {"cap": number(n["cap"]), "unit": unit}


def more_makers(split: "Split") -> tuple[int, int] | None:
    """How many makers take part, and how many would in the cheapest plan; None where that says nothing."""
    plan = split.parent or split
    cheapest = next((point["makers"] for point in plan.frontier if point["budget_bp"] == 0), None)
    return (plan.makers, cheapest) if cheapest is not None and cheapest < plan.makers else None


def why_no_digits(person: "Person") -> str | None:
    """The reason why a person can answer only on paper, or None."""
    if person.phone:
        return None
    return _("No phone number of %(you)s is registered. Please answer on the sheet, or tell the office.") % {
        "you": person.you
    }


def unknown_code() -> str:
    return _("No share has this code. Please compare it with the sheet once more.")


@dataclass(frozen=True)
class Ending:
    """How an offer ended that can no longer be answered: a heading, a sentence, the state and its moment."""

    title: str
    sentence: str
    state: str
    at: datetime | None


def ending(share: "Share", *, at: datetime) -> Ending:
    """What is said of a share that holds nothing and can no longer be answered."""
    state = shown_state(share, at=at)
    sentence = why_not_answer(share, at=at) or ""
    if share.line.order.cancelled_at:
        return Ending(_("This order is cancelled"), sentence, "cancelled", share.line.order.cancelled_at)
    if share.released_quantity:
        sentence = _(
            "The whole share was given back and moves to other makers. Your turn counts in the next order."
        )
        return Ending(_("Thank you for telling us"), sentence, "declined", share.released_at)
    if state == ShareState.DECLINED:
        sentence = _("The share moves to other makers. Your turn counts in the next order.")
        return Ending(_("Thank you for telling us"), sentence, "declined", share.answered_at)
    if state == ShareState.LAPSED:
        return Ending(_("The time to answer is over"), sentence, "lapsed", share.answer_until)
    return Ending(_("This offer was withdrawn"), sentence, "revoked", share.ended_at)


def state_key(state: ShareState) -> str:
    """The state's name among the glyphs of the look."""
    return "revoked" if state == ShareState.WITHDRAWN else str(state)
