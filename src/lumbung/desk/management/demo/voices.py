"""Who disagrees in the demo, and how the office answers: objections in each of their states."""

from dataclasses import dataclass, field
from random import Random

from lumbung.desk.management.demo.accounts import Cast
from lumbung.desk.management.demo.names import PHONES_OF_NOBODY
from lumbung.desk.management.demo.province import Step
from lumbung.makers.models import Maker
from lumbung.objections.actions.objecting import (
    answer_objection,
    file_by_visitor,
    file_objection,
    reply_to_objection,
    tell_answer,
    withdraw_objection,
)
from lumbung.objections.actions.reasons import tell_by_whatsapp
from lumbung.objections.models import Objection
from lumbung.objections.queries.reasons import waiting_of
from lumbung.orders.models import Order
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import open_links


@dataclass
class Voices:
    """The objections to one order, in the order in which they came, and the reasons sent to those who wait."""

    cast: Cast
    chance: Random
    filed: list[Objection] = field(default_factory=list)

    def object_(self, order: Order, step: Step) -> None:
        """A maker who waits objects, or somebody whom the register does not know."""
        about, words = step.text("about"), step.text("words")
        if step.numbers.get("visitor"):
            phone = f"{PHONES_OF_NOBODY}98{self.chance.randrange(10_000):04d}"
            objection = file_by_visitor(
                order=order, about=about, words=words, full_name=step.text("visitor"), phone=phone
            )
        else:
            maker = self._somebody(order)
            objection = file_objection(
                order=order,
                about=about,
                words=words,
                person=maker.owner,
                maker=maker,
                by=f"maker:{maker.pk}",
            )
        self.filed.append(objection)

    def _somebody(self, order: Order) -> Maker:
        """Somebody who waits without a share; in a small demo, where nobody does, somebody who has one."""
        with_phone = Maker.objects.exclude(owner__phone="").select_related("owner").order_by("pk")
        waiting = with_phone.filter(pk__in=waiting_of(order).values("pk"))[:200]
        asked = with_phone.filter(shares__line__order=order)
        return self.chance.choice(list(waiting) or list(asked))

    def answer(self, step: Step) -> None:
        """Somebody answers who had no part in the split; the answer goes out at once."""
        by = self.cast.persons[step.text("by")].key
        objection = self._the(step)
        answer_objection(
            objection=objection,
            outcome=step.text("outcome"),
            reason=step.text("reason"),
            public_words=step.text("public"),
            changed=str(step.numbers.get("changed", "")),
            by=by,
        )
        tell_answer(objection=objection, by=by)

    def reply(self, step: Step) -> None:
        objection = self._the(step)
        reply_to_objection(objection=objection, words=step.text("words"), by=_by_link(objection))

    def withdraw(self, step: Step) -> None:
        objection = self._the(step)
        withdraw_objection(objection=objection, by=_by_link(objection))

    def _the(self, step: Step) -> Objection:
        """The objection that a step is about: the first, unless it says which."""
        return self.filed[int(step.numbers.get("which", 1)) - 1]

    def tell_reasons(self, order: Order, step: Step, *, by: str) -> None:
        """Some of those who wait are told why, each by the own link."""
        waiting = waiting_of(order).exclude(owner__phone="").select_related("owner").order_by("pk")
        for maker in waiting[: int(step.numbers["makers"])]:
            tell_by_whatsapp(order=order, maker=maker, by=by)


def _by_link(objection: Objection) -> str:
    """The key of the link by which the objector speaks."""
    link = open_links([objection.key], LinkPurpose.OBJECTION).first()
    return link.key if link else objection.person.key
