"""Plays a demo's months in the order of time, on a set clock: the register grows, orders come and go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from foundation import clock
from lumbung.desk.management.demo import accounts, standing
from lumbung.desk.management.demo.aftercare import Aftercare
from lumbung.desk.management.demo.drawing import draw
from lumbung.desk.management.demo.letters import Letters
from lumbung.desk.management.demo.money import Money
from lumbung.desk.management.demo.orders import OrderCourse
from lumbung.desk.management.demo.places import Places
from lumbung.desk.management.demo.province import DemoProvince, Step
from lumbung.desk.management.demo.standing import Register
from lumbung.desk.management.demo.stores import Stores
from lumbung.records.actions import deliver_open, leave_record, seal_all
from lumbung.records.models import Record

Say = Callable[[str], None]
FINISHED = "desk.demo_built"
FOUNDED = 2
"""Days before the first step: the office, its accounts and its lists of goods stand."""


@dataclass(frozen=True)
class Due:
    """A step with the moment it falls on, and who plays it."""

    at: datetime
    step: Step
    plays: Callable[[Step], None]
    told: str = ""


def founded_at(demo: DemoProvince) -> datetime:
    """The day on which the office begins: its places, accounts and lists of goods stand."""
    return _moment(min(step.day for step in demo.register_steps) - FOUNDED, 9)


def build(demo: DemoProvince, *, makers: int | None = None, say: Say) -> tuple[int, int]:
    """Build the whole demo; how many makers and orders it has."""
    places, drafts = Places(demo.province), draw(demo, makers=makers)
    latest = clock.now()
    with clock.set_to(founded_at(demo)), transaction.atomic():
        cast = accounts.build(demo, places)
        standing.add_kinds_and_schemes(demo)
        letters = Letters(cast)
        letters.set_head()
        seal_all(by=accounts.BY)
    register = Register(demo, drafts, places, by=cast.persons["officer"].key)
    scale = min(1.0, len(drafts) / demo.makers)
    due = _in_order(demo, cast, register, scale, latest)
    _play(due, register, say)
    with transaction.atomic():
        Money(cast).keep()
        Stores(cast).keep()
        Aftercare(cast).keep()
        letters.write()
    deliver_open()
    content = {"makers": len(register.makers), "orders": len(demo.orders)}
    with transaction.atomic():
        leave_record(subject="demo", deed=FINISHED, by=accounts.BY, content=content)
    seal_all(by=accounts.BY)
    return content["makers"], content["orders"]


def is_finished() -> bool:
    """Whether the demo of this database was built to its end."""
    return Record.objects.filter(deed=FINISHED).exists()


def _in_order(
    demo: DemoProvince, cast: accounts.Cast, register: Register, scale: float, latest: datetime
) -> list[Due]:
    """All steps of register and orders by their moment; what falls on one moment stays in the file's order."""
    due = [Due(_moment(s.day, s.hour), s, register.play, s.do) for s in demo.register_steps]
    for planned in demo.orders:
        course = OrderCourse(planned, demo, cast, register, scale=scale, latest=latest)
        taken_in = Step(day=0, do="order", hour=planned.hour)
        for step in (taken_in, *planned.steps):
            at = _moment(planned.day + step.day, step.hour)
            due.append(Due(at, step, course.play, f"{planned.title}: {step.do}"))
    return sorted(due, key=lambda one: one.at)


def _moment(days: int, hour: int) -> datetime:
    """An hour of a day counted from today, at the place; never later than now."""
    at = clock.start_of(clock.today() + timedelta(days=days)) + timedelta(hours=hour, minutes=12)
    return min(at, clock.now())


def _play(due: list[Due], register: Register, say: Say) -> None:
    """Each step on its own clock; at the end of each day all chains are sealed."""
    for number, one in enumerate(due, start=1):
        with clock.set_to(one.at):
            with transaction.atomic():
                one.plays(one.step)
            deliver_open()
        last = number == len(due)
        if last or clock.day_of(due[number].at) != clock.day_of(one.at):
            with clock.set_to(clock.end_of(clock.day_of(one.at)) if not last else one.at):
                seal_all(by=accounts.BY)
        if one.step.do in TOLD:
            made = f"{number} of {len(due)} steps, {len(register.makers)} makers"
            say(f"  {clock.day_of(one.at):%d/%m/%Y}  {one.told} ({made})")


TOLD = {"register", "order", "decide"}
