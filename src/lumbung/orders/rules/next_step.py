"""Where an order stands on its way, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lumbung.orders.choices import OrderState, SplitState

if TYPE_CHECKING:
    from lumbung.orders.models import Order, OrderLine, Split


class Step(StrEnum):
    """What is to be done next."""

    ADD_LINE = "add_line"
    COMPLETE = "complete"
    PUBLISH = "publish"
    COMPUTE = "compute"
    PROPOSE = "propose"
    DECIDE = "decide"
    SEND = "send"
    SPLIT_AGAIN = "split_again"
    WAIT = "wait"
    FINISH = "finish"
    NOTHING = "nothing"


@dataclass(frozen=True)
class LineStanding:
    """A line, the plan that counts, and how much lies with makers who did not answer in time."""

    line: "OrderLine"
    split: "Split | None" = None
    lapsed: int = 0

    @property
    def to_place(self) -> int:
        """Pieces that are with nobody who may still answer."""
        return self.line.unplaced_quantity + self.lapsed

    @property
    def is_decided(self) -> bool:
        return self.split is not None and self.split.state == SplitState.DECIDED


@dataclass(frozen=True)
class Next:
    """One thing to do, and on which line."""

    step: Step
    standing: LineStanding | None = None


def next_step(
    order: "Order",
    state: OrderState,
    standings: Sequence[LineStanding],
    *,
    complete: bool,
    unsent: int,
    over: bool = False,
) -> Next:
    """The first thing that holds the order up; `over` says that nothing of it is open any more."""
    if state in {OrderState.CANCELLED, OrderState.FINISHED}:
        return Next(Step.NOTHING)
    if state == OrderState.FULL:
        return Next(Step.FINISH if over else Step.NOTHING)
    if state == OrderState.DRAFT:
        if not standings:
            return Next(Step.ADD_LINE)
        return Next(Step.PUBLISH if complete else Step.COMPLETE, standings[0])
    for standing in standings:
        if not standing.is_decided:
            return Next(_before_the_decision(standing), standing)
    if unsent:
        return Next(Step.SEND)
    again = next((standing for standing in standings if standing.to_place), None)
    return Next(Step.SPLIT_AGAIN, again) if again else Next(Step.WAIT)


def _before_the_decision(standing: LineStanding) -> Step:
    if standing.split is None or standing.split.state == SplitState.RETURNED:
        return Step.COMPUTE
    return Step.DECIDE if standing.split.state == SplitState.PROPOSED else Step.PROPOSE


def step_words() -> list[str]:
    """The way of an order, from the taking in to its end."""
    return [_("Order"), _("Eligibility"), _("Split"), _("Decision"), _("Offers"), _("Making"), _("Done")]


def step_number(state: OrderState, standings: Sequence[LineStanding]) -> int:
    """Which of `step_words` the order has reached, from 1."""
    if state == OrderState.FINISHED:
        return 7
    if state == OrderState.FULL:
        return 6
    if state == OrderState.OFFERED or (standings and all(standing.is_decided for standing in standings)):
        return 5
    if any(standing.split and standing.split.state == SplitState.PROPOSED for standing in standings):
        return 4
    if state == OrderState.PUBLISHED:
        return 3
    return 2 if standings else 1
