"""The demo's offices and buyers, and who may sign in: one account for each role that has pages."""

from dataclasses import dataclass

from lumbung.desk.management.demo.names import PHONES_OF_NOBODY
from lumbung.desk.management.demo.places import Places
from lumbung.desk.management.demo.province import DemoProvince, Table
from lumbung.organisations.actions import found_party, give_role
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.actions import open_account, register_person
from lumbung.people.choices import DEMO_PASSWORD, ROLE_BY_KEY, Salutation
from lumbung.people.models import Person

BY = "command:demo"


@dataclass(frozen=True)
class Cast:
    """The parties and the holders of accounts, by the keys of the demo's file."""

    parties: dict[str, Party]
    persons: dict[str, Person]


def build(demo: DemoProvince, places: Places) -> Cast:
    parties = {
        table["key"]: found_party(kind=PartyKind(table["kind"]), name=table["name"], by=BY, is_demo=True)
        for table in demo.parties
    }
    persons = {table["key"]: _account(table, parties, places) for table in demo.accounts}
    return Cast(parties, persons)


def _account(table: Table, parties: dict[str, Party], places: Places) -> Person:
    mail = table["mail"]
    person = register_person(
        full_name=table["name"],
        salutation=Salutation(table["salutation"]),
        phone=f"{PHONES_OF_NOBODY}99{sum(map(ord, mail)):04d}",
        email=f"{mail}@contoh.test",
        by=BY,
        is_demo=True,
    )
    regency = places.regency(table["regency"]) if "regency" in table else None
    role = ROLE_BY_KEY[table["role"]]
    give_role(person=person, party=parties[table["party"]], role=role, regency=regency, by=BY)
    return open_account(person, DEMO_PASSWORD, by=BY)


def open_makers_accounts(demo: DemoProvince) -> None:
    """A tailor and a captain may sign in as well: their roles came with the register."""
    phones = [table["phone"] for table in demo.makers_with_account]
    for person in Person.objects.filter(phone__in=phones, is_demo=True).order_by("phone"):
        open_account(person, DEMO_PASSWORD, by=BY)
