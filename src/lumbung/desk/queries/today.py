"""What happened today, in words, as far as it concerns the person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from foundation import clock
from lumbung.orders.choices import QUOTA_FULL, SPLIT_DECIDED
from lumbung.orders.models import Order
from lumbung.organisations.queries import may_see_records, parties_of
from lumbung.people.choices import Buyer
from lumbung.people.models import Link, Person
from lumbung.records.models import Record
from lumbung.records.queries import Told, Wanted, records_wanted, told

MOST_DEEDS = 8
MOST_LINKS = 200
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
    return [_deed(row) for row in told(_seen_by(person)[:MOST_DEEDS])]


def _deed(row: Told) -> Deed:
    sentence = row.sentence
    unsaid = [name for name in dict.fromkeys([row.subject, row.actor]) if name not in sentence]
    return Deed(row.record.at, sentence, ", ".join(unsaid))


def _seen_by(person: Person) -> QuerySet[Record]:
    today = records_wanted(Wanted(day=clock.today())).exclude(deed__startswith="people.")
    if may_see_records(person):
        return today
    mine = Q(actor__in=[person.key, *_own_links(person)])
    own = Order.objects.filter(buyer__in=parties_of(person, roles=[Buyer])).values_list("code", flat=True)
    about_mine = Q(subject__in=[f"order:{code}" for code in own], deed__in=SEEN_BY_BUYERS)
    return today.filter(mine | about_mine)


def _own_links(person: Person) -> list[str]:
    """The keys under which the person answers without signing in."""
    newest = Link.objects.filter(person=person).order_by("-id").values_list("pk", flat=True)
    return [f"link:{pk}" for pk in newest[:MOST_LINKS]]
