"""Who may sign in to the demo: one account for each role that has pages."""

from dataclasses import dataclass

from lumbung.makers.models import Maker
from lumbung.organisations.actions import found_party, give_role
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.actions import open_account, register_person
from lumbung.people.choices import (
    DEMO_PASSWORD,
    Auditor,
    Buyer,
    DataProtectionOfficer,
    Decider,
    Officer,
    RegencyOfficer,
    Role,
    Salutation,
)
from lumbung.people.models import Person
from lumbung.places.models import Regency

BY = "command:demo"


@dataclass(frozen=True)
class Cast:
    """The people and parties that the demo's orders need."""

    officer: Person
    colleague: Person
    head: Person
    social: Party
    education: Party
    cooperative: Party


def build() -> Cast:
    office = found_party(kind=PartyKind.OFFICE, name="Dinas Perindustrian Provinsi NTB", by=BY, is_demo=True)
    social = found_party(kind=PartyKind.BUYER, name="Dinas Sosial Provinsi NTB", by=BY, is_demo=True)
    education = found_party(kind=PartyKind.BUYER, name="Dinas Pendidikan Sumbawa Barat", by=BY, is_demo=True)
    cooperative = found_party(kind=PartyKind.BUYER, name="Koperasi Jemaah Haji Contoh", by=BY, is_demo=True)
    east = Regency.objects.get(pk="52.03")
    officer = _account("Baiq Rohani", Salutation.IBU, "rohani", Officer, office)
    colleague = _account("Lalu Gede Wirawan", Salutation.BAPAK, "wirawan", Officer, office)
    head = _account("H. Lalu Suherman", Salutation.BAPAK, "suherman", Decider, office)
    _account("Hj. Nuraini Mahsun", Salutation.IBU, "nuraini", Auditor, office)
    _account("Taufik Hidayat", Salutation.BAPAK, "taufik", DataProtectionOfficer, office)
    _account("Siti Halimah", Salutation.IBU, "halimah", RegencyOfficer, office, regency=east)
    _account("I Made Sudarma", Salutation.BAPAK, "sudarma", Buyer, social)
    return Cast(officer, colleague, head, social, education, cooperative)


def _account(
    name: str,
    salutation: Salutation,
    mail: str,
    role: type[Role],
    party: Party,
    regency: Regency | None = None,
) -> Person:
    number = sum(map(ord, mail))
    person = register_person(
        full_name=name,
        salutation=salutation,
        phone=f"+628000900{number:04d}",
        email=f"{mail}@contoh.test",
        by=BY,
        is_demo=True,
    )
    give_role(person=person, party=party, role=role, regency=regency, by=BY)
    return open_account(person, DEMO_PASSWORD, by=BY)


def open_makers_accounts() -> None:
    """One tailor and one captain may sign in as well: their roles came with the register."""
    tailor = Maker.objects.filter(is_demo=True, kind="workshop", goods__kind="masker-kain", state="active")
    captain = Maker.objects.filter(is_demo=True, kind="group", goods__kind="masker-kain", state="active")
    for makers in (tailor, captain):
        maker = makers.exclude(owner__phone="").select_related("owner").order_by("pk").first()
        if maker:
            open_account(maker.owner, DEMO_PASSWORD, by=BY)
