"""What lots ask of orders: how shares and lines are called, and which makers need material for a line."""

from collections.abc import Collection

from django.db.models import F
from django.urls import reverse

from lumbung.lots.queries.subjects import Recipient, Subject
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.queries.orders import may_read_all
from lumbung.orders.rules.wording import line_title
from lumbung.organisations.queries import parties_of
from lumbung.people.choices import Buyer
from lumbung.people.models import Person

LINES_OFFERED = 200


def _numbers(keys: Collection[str]) -> dict[str, int]:
    found = {key: key.partition(":")[2] for key in keys}
    return {key: int(number) for key, number in found.items() if number.isdecimal()}


def shares_in_words(keys: Collection[str]) -> dict[str, Subject]:
    """`share:77` is called by its line and its order, and has a page."""
    numbers = _numbers(keys)
    shares = Share.objects.select_related("line__order", "line__kind").defer("numbers")
    found = shares.in_bulk(list(numbers.values()))
    return {
        key: Subject(
            key, _words(found[pk].line), reverse("orders:share", args=[found[pk].line.order.code, pk])
        )
        for key, pk in numbers.items()
        if pk in found
    }


def lines_in_words(keys: Collection[str]) -> dict[str, Subject]:
    numbers = _numbers(keys)
    found = OrderLine.objects.select_related("order", "kind").in_bulk(list(numbers.values()))
    return {
        key: Subject(key, _words(found[pk]), found[pk].order.get_absolute_url())
        for key, pk in numbers.items()
        if pk in found
    }


def _words(line: OrderLine) -> str:
    return f"{line_title(line)}, {line.order.title}"


def lines_with_makers(person: object) -> list[Subject]:
    """Lines of running orders of which something is confirmed, the newest first."""
    if not may_read_all(person):
        return []
    running = OrderLine.objects.filter(
        order__cancelled_at__isnull=True, order__finished_at__isnull=True, confirmed_quantity__gt=0
    )
    lines = running.select_related("order", "kind").order_by("-order__published_at", "pk")
    return [Subject(f"line:{line.pk}", _words(line)) for line in lines[:LINES_OFFERED]]


def makers_of_line(key: str) -> list[Recipient]:
    """Who has confirmed how much of a line, by village."""
    number = _numbers([key]).get(key, 0)
    held = Share.objects.filter(
        line=number, state__in=CONFIRMED_STATES, confirmed_quantity__gt=F("released_quantity")
    )
    rows = held.order_by("maker__village", "pk").values_list(
        "pk", "maker", "line__kind", F("confirmed_quantity") - F("released_quantity")
    )
    return [
        Recipient(maker, f"share:{share}", pieces, (f"line:{number}", f"goods:{kind}"))
        for share, maker, kind, pieces in rows
    ]


def shares_of_buyer(person: object) -> list[str]:
    """The shares of the orders of a buyer's own organisation: their lots may be followed."""
    if not isinstance(person, Person) or not person.pk:
        return []
    buyers = parties_of(person, roles=[Buyer])
    shares = Share.objects.filter(line__order__buyer__in=buyers, state__in=CONFIRMED_STATES)
    return [f"share:{pk}" for pk in shares.values_list("pk", flat=True)]
