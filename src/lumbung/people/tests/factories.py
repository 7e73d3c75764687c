"""Persons for the tests of all rooms."""

from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from lumbung.people.choices import Salutation
from lumbung.people.models import Person

PASSWORD = "jagung-titi-sembalun"
_numbers = count(1)


@cache
def _hashed() -> str:
    """One argon2 hash for everybody: a cast of sixteen stays quick."""
    return make_password(PASSWORD)


def person(full_name: str = "Sahnim", *, account: bool = False, **fields: Any) -> Person:
    """Somebody with an own phone number; with `account=True` they sign in with PASSWORD."""
    number = next(_numbers)
    fields.setdefault("salutation", Salutation.IBU)
    fields.setdefault("phone", f"+628120000{number:04d}")
    if not account:
        return Person.objects.create(full_name=full_name, **fields)
    fields.setdefault("email", f"orang{number}@contoh.test")
    return Person.objects.create(full_name=full_name, password=_hashed(), has_account=True, **fields)
