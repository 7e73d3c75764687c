"""The demo's orders, each brought to its state by the same deeds as in life."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from foundation import clock
from foundation.errors import Refused
from lumbung.certification.models import Scheme
from lumbung.desk.management.demo.accounts import Cast
from lumbung.desk.management.demo.answers import Answers
from lumbung.desk.management.demo.handing import Deed, Handing
from lumbung.desk.management.demo.places import Places
from lumbung.desk.management.demo.province import DemoProvince, PlannedOrder, Step, Table
from lumbung.desk.management.demo.standing import Register
from lumbung.desk.management.demo.voices import Voices
from lumbung.desk.management.demo.workshops import Workshops
from lumbung.makers.choices import MakerKind
from lumbung.makers.models import GoodsKind
from lumbung.money.choices import Supply
from lumbung.orders.actions.ordering import (
    cancel_order,
    create_order,
    publish_order,
    set_collection_points,
    set_line,
    set_requirements,
)
from lumbung.orders.actions.resplitting import expire_and_resplit
from lumbung.orders.actions.sending import mark_sent
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split, return_split
from lumbung.orders.choices import CONFIRMED_STATES, SentBy, ShareState, SplitState
from lumbung.orders.models import Order, Share, Split
from lumbung.people.models import Person


class OrderCourse:
    """One order on its way: each step is a deed of the office or answers of the makers."""

    def __init__(
        self,
        planned: PlannedOrder,
        demo: DemoProvince,
        cast: Cast,
        register: Register,
        *,
        scale: float,
        latest: datetime,
    ) -> None:
        self.planned, self.cast, self.register, self.scale = planned, cast, register, scale
        self.latest = latest
        own = Random(demo.seed + planned.own_chance) if planned.own_chance else None  # noqa: S311 - the demo is the same everywhere; nothing secret hangs on it
        self.chance: Random = own or register.chance
        self.places: Places = register.places
        self.by = cast.persons[planned.by]
        self.answers = Answers(self.chance, demo.declined_for, latest=latest)
        self.voices = Voices(cast, self.chance)
        self.workshops = Workshops(demo.seed, by=self.by.key, head=cast.persons["head"].key)
        self._order: Order | None = None
        handing = Handing(cast)
        self.deeds: dict[str, Callable[[Step], None]] = {
            "order": self._take_in,
            "split": self._split,
            "propose": self._propose,
            "return": self._return,
            "decide": self._decide,
            "send": self._send,
            "answer": self._answer,
            "release": self._release,
            "expire": self._expire,
            "made": self._made,
            "cancel": self._cancel,
            "standard": lambda step: self.workshops.write(self.order, step),
            "approve": lambda step: self.workshops.approve(self.order, step),
            "confirm": lambda step: self.workshops.confirm(self.order, step),
            "pass_on": lambda step: self.workshops.pass_on(self.order, step),
            "work": lambda step: self.workshops.work(self.order, step),
            "object": lambda step: self.voices.object_(self.order, step),
            "answer_objection": self.voices.answer,
            "reply": self.voices.reply,
            "withdraw": self.voices.withdraw,
            "tell_reasons": lambda step: self.voices.tell_reasons(self.order, step, by=self.by.key),
        }
        for name, deed in handing.deeds.items():
            self.deeds[name] = partial(self._handed, deed)

    @property
    def order(self) -> Order:
        if self._order is None:
            raise LookupError(f"{self.planned.title} is not taken in yet.")
        return self._order

    def play(self, step: Step) -> None:
        self.deeds[step.do](step)

    def _handed(self, deed: Deed, step: Step) -> None:
        deed(self.order, step)

    # The office

    def _take_in(self, step: Step) -> None:
        villages = [(name.partition(",")[0], self.places.village(name)) for name in self.planned.points]
        first, village = villages[0]
        terms: dict[str, Any] = {
            "title": self.planned.title,
            "due_on": clock.today() + timedelta(days=self.planned.due),
            "delivery_village": village,
            "delivery_place": f"Kantor Desa {first}",
            **self.planned.terms,
        }
        buyer, by = self.cast.parties[self.planned.buyer], self.by.key
        self._order = order = create_order(terms=terms, buyer=buyer, by=by, is_demo=True)
        for line in self.planned.lines:
            set_line(
                order=order,
                kind=GoodsKind.objects.get(pk=line["kind"]),
                size=line.get("size", ""),
                quantity=self._quantity(line),
                price_rupiah=line["price"],
                supply=line.get("supply", Supply.GOODS),
                by=by,
            )
        points = [(f"Kantor Desa {name}", village) for name, village in villages]
        set_collection_points(order=order, points=points, by=by)
        schemes = list(Scheme.objects.filter(pk__in=self.planned.schemes))
        set_requirements(order=order, schemes=schemes, by=by)
        if not self.planned.is_draft:
            self._order = publish_order(order=order, by=by)

    def _quantity(self, line: Table) -> int:
        """Smaller in a smaller demo, but for a line whose pieces are told one by one."""
        return int(line["quantity"]) if line.get("whole") else max(1, round(line["quantity"] * self.scale))

    def _split(self, step: Step) -> None:
        for line in self.order.lines.select_related("order", "kind"):
            compute_split(line=line, budget_bp=step.numbers.get("budget_bp"), by=self.by.key)

    def _splits(self, state: SplitState) -> list[Split]:
        return list(Split.objects.filter(line__order=self.order, state=state).order_by("pk"))

    def _propose(self, step: Step) -> None:
        for split in self._splits(SplitState.DRAFTED):
            propose_split(split=split, by=self.by.key)

    def _return(self, step: Step) -> None:
        for split in self._splits(SplitState.PROPOSED):
            return_split(split=split, reason=step.text("reason"), by=self._head.key)

    def _decide(self, step: Step) -> None:
        for split in self._splits(SplitState.PROPOSED):
            try:
                decide_split(split=split, by=self._head.key)
            except Refused as refused:
                self._decide_anew(split, refused.sentence)

    def _decide_anew(self, split: Split, reason: str) -> None:
        """What was computed days ago may have been overtaken: it goes back, is computed again, and decided."""
        return_split(split=split, reason=reason, by=self._head.key)
        anew = compute_split(line=split.line, budget_bp=split.cost_budget_bp, by=self.by.key)
        decide_split(split=propose_split(split=anew, by=self.by.key), by=self._head.key)

    @property
    def _head(self) -> Person:
        return self.cast.persons["head"]

    def _send(self, step: Step) -> None:
        """A captain gets the group's offers together, who has a phone a message, the others a sheet."""
        unsent = list(self._shares(sent_at__isnull=True, state=ShareState.OFFERED))
        chosen = unsent[: -(-len(unsent) * int(step.percent()) // 100)]
        for through in SentBy:
            shares = [share.pk for share in chosen if _way(share) == through]
            mark_sent(order=self.order, shares=shares, through=through, by=self.by.key)

    def _shares(self, **which: Any) -> Any:
        shares = Share.objects.filter(line__order=self.order, **which)
        return shares.select_related("maker__owner").order_by("pk")

    def _cancel(self, step: Step) -> None:
        self._order = cancel_order(order=self.order, reason=step.text("reason"), by=self.by.key)

    # The makers

    def _answer(self, step: Step) -> None:
        """In an order that still runs, makers with an account leave their answer to whoever signs in."""
        open_ = self._shares(state=ShareState.OFFERED, answer_until__gt=clock.now())
        if self.order.due_on > clock.day_of(self.latest):
            open_ = open_.filter(maker__owner__has_account=False)
        self.answers.give(list(open_), step)

    def _release(self, step: Step) -> None:
        """Something came between for a few: they give back a part of what they promised."""
        held = self._shares(state__in=CONFIRMED_STATES, released_quantity=0, confirmed_quantity__gte=4)
        self.answers.give_back(list(held)[: int(step.numbers["shares"])])

    def _expire(self, step: Step) -> None:
        """The clock's own work: it looks at all orders."""
        expire_and_resplit(by="command:expire")

    def _made(self, step: Step) -> None:
        """The office hears who delivered, and writes down the last real production."""
        held = self._shares(state__in=CONFIRMED_STATES).select_related("maker__party", "maker__village")
        makers = {share.maker_id: share.maker for share in held}
        for maker in self.chance.sample(list(makers.values()), round(len(makers) * step.percent() / 100)):
            self.register.note_production(maker, days_ago=self.chance.randint(0, 5), by=self.by.key)


def _way(share: Share) -> SentBy:
    """How an offer reaches its maker."""
    if share.maker.kind == MakerKind.GROUP:
        return SentBy.CAPTAIN
    return SentBy.WHATSAPP if share.maker.owner.phone else SentBy.SHEET
