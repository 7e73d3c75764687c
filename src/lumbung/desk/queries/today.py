"""What happened today, in words, as far as it concerns the person."""

from dataclasses import dataclass
from datetime import datetime

from foundation import clock
from lumbung.orders.choices import QUOTA_FULL, SPLIT_DECIDED
from lumbung.orders.models import Order
from lumbung.organisations.queries import may_see_records, parties_of
from lumbung.people.choices import Buyer
from lumbung.people.models import Link, Person
from lumbung.records.models import Record
from lumbung.records.queries import Told, told

MOST_DEEDS = 8
MOST_LINKS = 200
MOST_LOOKED_AT = 500
SEEN_BY_BUYERS = ("orders.order_published", "orders.order_cancelled", SPLIT_DECIDED, QUOTA_FULL)
"""Deeds about an order that name no maker."""


@dataclass(frozen=True)
class Deed:
    """One deed of today as a line of the log."""

    at: datetime
    sentence: str
    note: str
    """About what and by whom, as far as the sentence does not say it."""


def today_of(person: Person) -> list[Deed]:
    """Today's newest deeds; a bounded number of queries."""
    return [_deed(row) for row in told(_newest(person))]


def _deed(row: Told) -> Deed:
    sentence = row.sentence
    unsaid = [name for name in dict.fromkeys([row.subject, row.actor]) if name not in sentence]
    return Deed(row.record.at, sentence, ", ".join(unsaid))


def _newest(person: Person) -> list[Record]:
    """Each list is walked from its newest end: a day of a hundred thousand records takes no longer."""
    start = clock.start_of(clock.today())
    deeds = Record.objects.exclude(deed__startswith="people.")
    if may_see_records(person):
        return list(deeds.filter(at__gte=start).order_by("-at", "-id")[:MOST_DEEDS])
    lists = [deeds.filter(actor=person.key), deeds.filter(actor__in=_own_links(person))]
    lists += [deeds.filter(pk__in=_about_own_orders(person, start))]
    found = {record.pk: record for rows in lists for record in rows.order_by("-id")[:MOST_DEEDS]}
    return sorted((r for r in found.values() if r.at >= start), key=lambda r: -r.pk)[:MOST_DEEDS]


def _about_own_orders(person: Person, start: datetime) -> list[int]:
    """What happened today to the orders of a buyer."""
    buyers = parties_of(person, roles=[Buyer])
    if not buyers:
        return []
    today = Record.objects.filter(deed__in=SEEN_BY_BUYERS, at__gte=start).order_by("-id")
    subjects = dict(today.values_list("pk", "subject")[:MOST_LOOKED_AT])
    codes = {subject.partition(":")[2] for subject in subjects.values()}
    own = set(Order.objects.filter(code__in=codes, buyer__in=buyers).values_list("code", flat=True))
    return [pk for pk, subject in subjects.items() if subject.partition(":")[2] in own]


def _own_links(person: Person) -> list[str]:
    """The keys under which the person answers without signing in."""
    newest = Link.objects.filter(person=person).order_by("-id").values_list("pk", flat=True)
    return [f"link:{pk}" for pk in newest[:MOST_LINKS]]
