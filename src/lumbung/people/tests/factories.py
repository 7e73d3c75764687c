"""Persons for the tests of all rooms."""

from itertools import count
from typing import Any

from lumbung.people.choices import Salutation
from lumbung.people.models import Person

PASSWORD = "jagung-titi-sembalun"
_numbers = count(1)


def person(full_name: str = "Sahnim", *, account: bool = False, **fields: Any) -> Person:
    """Somebody with an own phone number; with `account=True` they sign in with PASSWORD."""
    number = next(_numbers)
    fields.setdefault("salutation", Salutation.IBU)
    fields.setdefault("phone", f"+628120000{number:04d}")
    if not account:
        return Person.objects.create(full_name=full_name, **fields)
    fields.setdefault("email", f"orang{number}@contoh.test")
    return Person.objects.create_account(full_name=full_name, password=PASSWORD, **fields)
