"""What stands in the header of every page, by what the person is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from lumbung.deliveries.queries import may_see_deliveries
from lumbung.money.queries import has_money
from lumbung.organisations import queries
from lumbung.people.models import Person


@dataclass(frozen=True)
class Entry:
    words: str
    url: str
    current: bool


def menu(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `menu`, `me` and `roles` (today's memberships, each with its role)."""
    person = getattr(request, "user", None)
    return {
        "menu": SimpleLazyObject(lambda: entries(person, request.path)),
        "me": person,
        "roles": SimpleLazyObject(lambda: queries.roles_shown(person)),
    }


def entries(person: object, path: str) -> list[Entry]:
    """The menu of a person; what has no page yet is left out."""
    found = [(words, _address(name)) for name, words in _wanted(person)]
    urls = [url for _words, url in found if url]
    here = max((url for url in urls if path.startswith(url)), key=len, default="")
    return [Entry(words, url, url == here and (url != "/" or path == "/")) for words, url in found if url]


def _wanted(person: object) -> Iterator[tuple[str, str]]:
    if not isinstance(person, Person) or not person.is_authenticated:
        yield "orders:public_list", _("Orders")
        yield "orders:ledger", _("Turns")
        yield "desk:how", _("How it works")
        yield "account_login", _("Sign in")
        return
    yield "desk:home", _("Desk")
    if queries.is_office(person):
        yield "orders:list", _("Orders")
        yield "makers:list", _("Makers")
        yield "lots:store", _("Store")
        yield "letters:list", _("Letters")
    else:
        yield "orders:public_list", _("Orders")
    if has_money(person):
        yield "money:list", _("Money")
    if may_see_deliveries(person):
        yield "deliveries:list", _("Deliveries")
    if queries.makes(person):
        yield "makers:mine", _("My workshop")
    if queries.may_keep_accounts(person):
        yield "organisations:accounts", _("Accounts")
    if queries.may_see_records(person):
        yield "records:list", _("Records")
    yield "people:account", person.full_name


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
