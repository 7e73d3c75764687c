"""How the demo's makers answer: each by the own link, in no particular order, some not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from foundation import clock
from lumbung.desk.management.demo.province import Step
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.choices import DeclineReason
from lumbung.orders.models import Share
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import open_links

LESS = 3
"""Who takes less takes two parts of so many, and never less than the own smallest lot. Assumption."""
SLICE = 500


class Answers:
    """Answers by chance, as many of each kind as the step says."""

    def __init__(self, chance: Random, declined_for: Mapping[str, int], *, latest: datetime) -> None:
        self.chance, self.latest = chance, latest
        self.reasons = [DeclineReason(word) for word in declined_for]
        self.weights = list(declined_for.values())

    def give(self, shares: Sequence[Share], step: Step) -> None:
        """Accept, take less, decline or stay silent, a few minutes after each other."""
        by = links_of(shares)
        began = clock.now()
        minutes = 0
        for share in self.chance.sample(list(shares), len(shares)):
            minutes += self.chance.randint(1, 2)
            at = min(began + timedelta(minutes=min(minutes, 170)), self.latest)
            with clock.set_to(at):
                self._one(share, step, by=by.get(share.pk, f"maker:{share.maker_id}"))

    def _one(self, share: Share, step: Step, *, by: str) -> None:
        drawn = self.chance.random() * 100
        accept, partly = step.percent("accept", 0), step.percent("partly", 0)
        less = max(share.minimum_lot, share.quantity * (LESS - 1) // LESS)
        if drawn < accept:
            accept_share(share=share, by=by)
        elif drawn < accept + partly and less < share.quantity:
            accept_share(share=share, quantity=less, by=by)
        elif drawn < accept + partly + step.percent("decline", 0):
            reason = self.chance.choices(self.reasons, self.weights)[0]
            decline_share(share=share, reason=reason, by=by)

    def give_back(self, shares: Sequence[Share]) -> None:
        """Something came between: half of what was promised goes back."""
        by = links_of(shares)
        for share in shares:
            release_share(share=share, quantity=share.held_quantity // 2, by=by[share.pk])


def links_of(shares: Sequence[Share]) -> dict[int, str]:
    """The key of the link by which each share is answered."""
    found: dict[int, str] = {}
    keys = [share.key for share in shares]
    for at in range(0, len(keys), SLICE):
        for link in open_links(keys[at : at + SLICE], LinkPurpose.ANSWER_SHARE):
            found[int(link.subject.removeprefix("share:"))] = link.key
    return found
