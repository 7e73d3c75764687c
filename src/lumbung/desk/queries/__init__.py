"""What the desk reads from all rooms: what waits, what runs, what happened."""

from typing import Any

from django.urls import reverse

from lumbung.desk.queries.aftercare import for_watcher
from lumbung.desk.queries.complaints import for_settlers
from lumbung.desk.queries.deliveries import for_handlers
from lumbung.desk.queries.letters import for_setters
from lumbung.desk.queries.maker import confirmed_shares, for_maker
from lumbung.desk.queries.objections import for_answerers
from lumbung.desk.queries.office import for_decider, for_officer
from lumbung.desk.queries.production import for_approvers, for_makers_of_orders
from lumbung.desk.queries.register import for_keeper, for_records, for_worker
from lumbung.desk.queries.running import newest_told, own_orders, running_for, running_in_public
from lumbung.desk.queries.today import today_of
from lumbung.desk.queries.treasury import for_treasurer
from lumbung.desk.queries.watch import watched
from lumbung.desk.rules import Desk, Task
from lumbung.organisations.queries import has_role, is_office, makes, may_see_records
from lumbung.people.choices import (
    Auditor,
    Buyer,
    DataProtectionOfficer,
    Decider,
    Inspector,
    Officer,
    RegencyOfficer,
    Treasurer,
)
from lumbung.people.models import Person

MOST_TASKS = 20

__all__ = [
    "MOST_TASKS",
    "beside_tasks",
    "desk_of",
    "newest_told",
    "running_in_public",
    "tasks_of",
]


def tasks_of(person: Person) -> list[Task]:
    """Everything that waits for the person in all their roles, the late things first."""
    tasks: list[Task] = []
    if has_role(person, Officer):
        tasks += for_worker()
        tasks += for_officer()
        tasks += for_makers_of_orders()
        tasks += for_watcher()
        tasks += for_setters(person)
        tasks += for_settlers()
    if has_role(person, Officer, Inspector, Treasurer):
        tasks += for_handlers(person)
    if has_role(person, Treasurer):
        tasks += for_treasurer()
    if has_role(person, Decider):
        tasks += for_decider(person)
    if has_role(person, Officer, Decider):
        tasks += for_answerers(person)
        tasks += for_approvers(person)
    if makes(person):
        tasks += for_maker(person)
    if has_role(person, Officer, RegencyOfficer):
        tasks += for_keeper(person)
    if may_see_records(person):
        tasks += for_records()
    return sorted(tasks, key=lambda task: not task.is_late)


def desk_of(person: Person) -> Desk:
    """Which desk the person sits at; who has several roles sits at the office's."""
    if has_role(person, Auditor, DataProtectionOfficer):
        return Desk.WATCH
    if is_office(person):
        return Desk.OFFICE
    if makes(person):
        return Desk.MAKER
    return Desk.BUYER if has_role(person, Buyer) else Desk.GUEST


def beside_tasks(person: Person) -> dict[str, Any]:
    """What stands below and beside the tasks, by the desk."""
    desk = desk_of(person)
    shown: dict[str, Any] = {"desk": desk, "deeds": today_of(person), "sees_records": may_see_records(person)}
    if desk == Desk.WATCH:
        shown["watch"] = watched()
    if makes(person):
        shown["shares"] = confirmed_shares(person)
    shown["running"] = own_orders(person) if desk == Desk.BUYER else running_for(person)
    shown["orders_url"] = reverse("orders:list")
    shown["new_url"] = reverse("orders:new") if has_role(person, Officer) else ""
    return shown
