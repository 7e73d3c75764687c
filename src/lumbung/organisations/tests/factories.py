"""The cast that every access test shares: one person a role, and a stranger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people import choices
from lumbung.people.choices import ROLES, Role, Scope
from lumbung.people.models import Person
from lumbung.people.tests.factories import person
from lumbung.places.choices import RegencyKind
from lumbung.places.models import Province, Regency


@dataclass
class Cast:
    """One person a role (`cast.officer`, `cast.decider` …); `stranger` has an account and no role."""

    office: Party
    group: Party
    buyers: Party
    regency: Regency
    by_role: dict[str, Person]
    stranger: Person

    def __getattr__(self, role: str) -> Person:
        try:
            return self.__dict__["by_role"][role]
        except KeyError:
            raise AttributeError(role) from None

    def everybody(self) -> Iterator[tuple[str, Person]]:
        yield from self.by_role.items()
        yield "stranger", self.stranger


def party(name: str = "Dinas Contoh", kind: PartyKind = PartyKind.OFFICE, **fields: Any) -> Party:
    return Party.objects.create(name=name, kind=kind, **fields)


def member(role: type[Role], of: Party, *, who: Person | None = None, **fields: Any) -> Person:
    """A person with a role in a party; a new one with an account unless `who` is given."""
    who = who or person(f"{role.key.replace('_', ' ').title()} Contoh", account=True)
    Membership.objects.create(person=who, party=of, role=role.key, **fields)
    return who


def regency(code: str = "52.03", name: str = "Lombok Timur") -> Regency:
    origin = {"decree": "Kepmendagri contoh", "decree_on": date(2025, 1, 1), "source": "contoh"}
    province, _new = Province.objects.get_or_create(
        code=code[:2], defaults={"name": "Nusa Tenggara Barat", **origin}
    )
    known = {
        "name": f"Kabupaten {name}",
        "short_name": name,
        "kind": RegencyKind.KABUPATEN,
        "province": province,
    }
    found, _new = Regency.objects.get_or_create(code=code, defaults=known)
    return found


def cast() -> Cast:
    """One person a role in fitting parties, and a stranger with an account and no role."""
    parties = {
        Scope.OFFICE: party("Dinas Perindustrian Contoh"),
        Scope.GROUP: party("Kelompok Tenun Contoh", PartyKind.GROUP),
        Scope.PARTY: party("Pembeli Contoh", PartyKind.BUYER),
    }
    parties[Scope.REGENCY] = parties[Scope.OFFICE]
    home = regency()
    by_role = {
        role.key: member(role, parties[role.scope], regency=home if role is choices.RegencyOfficer else None)
        for role in ROLES
    }
    return Cast(
        office=parties[Scope.OFFICE],
        group=parties[Scope.GROUP],
        buyers=parties[Scope.PARTY],
        regency=home,
        by_role=by_role,
        stranger=person("Orang Lain", account=True),
    )
