"""The course of one order, moment by moment: everybody acts through the rooms' own actions, on a set clock."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db.models import Sum

from foundation import clock
from foundation.errors import Refused
from lumbung.desk.management.replay import register
from lumbung.desk.management.replay.answering import Answering
from lumbung.desk.management.replay.attempts import Attempts
from lumbung.desk.management.replay.behaviour import tempers
from lumbung.desk.management.replay.scenario import Scenario
from lumbung.orders.actions.ordering import (
    cancel_order,
    create_order,
    publish_order,
    set_collection_points,
    set_line,
)
from lumbung.orders.actions.resplitting import expire_and_resplit, resplit
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import ProcurementMethod, ShareState
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.queries.shares import lapsed_shares

SENDING_HOURS = (8, 11, 14, 16)
NOT_OFFICIAL = "Putar ulang, bukan dokumen resmi"
PUBLIC: dict[str, Any] = {
    "is_public": True,
    "procurement_method": ProcurementMethod.SELF_MANAGED,
    "legal_basis": NOT_OFFICIAL,
    "budget_line": NOT_OFFICIAL,
    "responsible_official": NOT_OFFICIAL,
    "price_source": NOT_OFFICIAL,
}


@dataclass(frozen=True)
class Evening:
    """How the line stands at the end of a day, read from its row."""

    day: date
    confirmed: int
    offered: int
    tried: int
    """Pieces tried beyond a share until now."""


@dataclass
class Course:
    """One run of a scenario. `scale` is a percentage of its quantity and makers, for quick tests."""

    scenario: Scenario
    seed: int
    scale: int = 100
    attempts: Attempts = field(default_factory=Attempts)
    evenings: list[Evening] = field(default_factory=list)
    events: list[tuple[datetime, str, int]] = field(default_factory=list)
    first_deliverable: int | None = None
    """The most that could be made by the first due date, when that could not be kept."""

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - a replay is the same everywhere; nothing secret hangs on it
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()
        self._terms: set[datetime] = set()
        self.due: date = self.scenario.value("due_on")
        self.start: date = self.scenario.value("starts_on")

    # Time

    def at(self, moment: datetime, deed: Callable[[], None]) -> None:
        """Let something happen later; two things at one moment happen in the order they were planned."""
        heapq.heappush(self._queue, (moment, next(self._numbers), deed))

    def expire_after(self, term: datetime) -> None:
        """The clock's job comes every hour; it is planned only where it would find something."""
        moment = term.replace(minute=55, second=0, microsecond=0)
        if moment not in self._terms:
            self._terms.add(moment)
            self.at(moment, self._expire)

    def note(self, what: str, number: int = 0) -> None:
        self.events.append((clock.now(), what, number))

    def run(self) -> None:
        """From the register to the due date."""
        with clock.set_to(clock.start_of(self.start) - timedelta(days=3)):
            self._prepare()
        self._plan()
        while self._queue:
            moment, _number, deed = heapq.heappop(self._queue)
            with clock.set_to(moment):
                deed()

    def _prepare(self) -> None:
        self.cast = register.build_cast(self.scenario)
        self.kind = register.build_kind(self.scenario)
        self.makers = register.build_makers(self.scenario, self.chance, scale=self.scale)
        self.answering = Answering(self, tempers(self.scenario, self.makers, self.chance))

    def _plan(self) -> None:
        self.at(self.moment(self.start, 9), self._order)
        self.at(self.moment(self.start, 11), self._split)
        self.at(self.moment(self.start, 15), self._decide)
        self.at(self.moment(self.start, 16, 30), self._send)
        days = (self.due - self.start).days
        for number in range(1, days + 1):
            day = self.start + timedelta(days=number)
            self.at(self.moment(day, 8), self._split_again)
            for hour in SENDING_HOURS:
                self.at(self.moment(day, hour, 30), self._send)
        for number in range(days + 1):
            day = self.start + timedelta(days=number)
            self.at(self.moment(day, 23, 59), self._evening)

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        return clock.start_of(day) + timedelta(hours=hour, minutes=minute)

    # The office

    def _order(self) -> None:
        wanted = self.scenario.value("wanted_on", self.due)
        order = self._published(wanted)
        if wanted < self.due:
            order = self._ask_the_impossible(order)
        self.line = OrderLine.objects.select_related("order").get(order=order)

    def _published(self, due: date) -> Order:
        scenario, by = self.scenario, self.cast.officer.key
        points = [(v.name, v) for v in register.villages_of(scenario.value("collection_points"))]
        terms = {
            "title": scenario.goods["name"],
            "specification": scenario.goods["name"],
            "due_on": due,
            "delivery_village": points[0][1],
            "delivery_place": points[0][0],
            "transport_rupiah_per_100_km": scenario.value("transport_rupiah_per_100_km"),
            "visit_rupiah": scenario.value("visit_rupiah"),
            "answer_hours": scenario.value("answer_hours"),
            "resplits_itself": False,
            **PUBLIC,
        }
        order = create_order(terms=terms, buyer=self.cast.buyer, by=by, is_demo=True)
        quantity = max(1, scenario.value("ordered") * self.scale // 100)
        price = scenario.value("price_rupiah")
        set_line(order=order, kind=self.kind, size="", quantity=quantity, price_rupiah=price, by=by)
        set_collection_points(order=order, points=points, by=by)
        self.note("published", quantity)
        return publish_order(order=order, by=by)

    def _ask_the_impossible(self, order: Order) -> Order:
        """The first due date is asked as it was asked then; what cannot be kept is said at once."""
        by = self.cast.officer.key
        try:
            compute_split(line=order.lines.get(), by=by)
        except Refused as refusal:
            self.first_deliverable = _whole_number_in(refusal.sentence)
            self.note("impossible", self.first_deliverable)
        else:
            raise RuntimeError(f"{self.scenario.name}: the first due date can be kept after all.")
        cancel_order(order=order, reason="Batas waktu tidak dapat dipenuhi.", by=by)
        return self._published(self.due)

    def _split(self) -> None:
        split = compute_split(line=self.line, by=self.cast.officer.key)
        self.split = propose_split(split=split, by=self.cast.officer.key)
        self.note("proposed", split.makers)

    def _decide(self) -> None:
        """The officer may not; the head decides what somebody else proposed."""
        try:
            decide_split(split=self.split, by=self.cast.officer.key)
        except Refused:
            self.note("not_by_the_same")
        self.split = decide_split(split=self.split, by=self.cast.head.key)
        self.note("decided", self.split.makers)

    def _send(self) -> None:
        offered = Share.objects.filter(
            line=self.line, state=ShareState.OFFERED, sent_at__isnull=True
        ).select_related("maker__owner", "line__order")
        shares = list(offered.order_by("pk"))
        for share in shares:
            self.answering.send(share)
        if shares:
            self.note("sent", len(shares))

    def _expire(self) -> None:
        if lapsed_shares(self.line).exists():
            waiting = lapsed_shares(self.line).aggregate(pieces=Sum("quantity", default=0))["pieces"]
            expire_and_resplit(by="command:expire")
            self.note("lapsed", waiting)

    def _split_again(self) -> None:
        """Each morning the officer looks whether pieces are with nobody, and presses *split again*."""
        line = OrderLine.objects.get(pk=self.line.pk)
        if line.unplaced_quantity:
            resplit(line=line, by=self.cast.officer.key)

    def _evening(self) -> None:
        line = OrderLine.objects.get(pk=self.line.pk)
        evening = Evening(
            clock.today(), line.confirmed_quantity, line.offered_quantity, self.attempts.attempted
        )
        self.evenings.append(evening)
        self.answering.see_whether_full(line)


def _whole_number_in(sentence: str) -> int:
    """The first whole number of a sentence, whichever way its thousands are written."""
    word = next(word for word in sentence.split() if word[0].isdigit())
    return int("".join(sign for sign in word if sign.isdigit()))
