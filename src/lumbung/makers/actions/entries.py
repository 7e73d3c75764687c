"""Writing a maker into the register, and mending the entry."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.reading import read_phone
from lumbung.makers import queries, rules
from lumbung.makers.actions.many import told_of, write_down
from lumbung.makers.choices import CHANGED, REGISTERED, MakerKind
from lumbung.makers.models import Maker
from lumbung.makers.rules import NewGood, NewMaker
from lumbung.people.actions import register_person
from lumbung.people.choices import Salutation
from lumbung.people.models import Person
from lumbung.places.models import Village
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest

PRIVATE = ("name", "hamlet", "house", "bank_name", "bank_account")


def register_maker(
    *,
    name: str,
    owner: Person,
    village: Village,
    by: str,
    kind: MakerKind = MakerKind.WORKSHOP,
    hamlet: str = "",
    house: str = "",
    bank_name: str = "",
    bank_account: str = "",
    goods: Collection[NewGood] = (),
    households: Collection[Person] = (),
    last_made_on: date | None = None,
    is_demo: bool = False,
) -> Maker:
    """Write one maker down; the owner becomes its maker or captain."""
    new = NewMaker(
        name=name,
        owner=owner,
        village=village,
        kind=kind,
        hamlet=hamlet,
        house=house,
        bank_name=bank_name,
        bank_account=bank_account,
        goods=goods,
        households=households,
        last_made_on=last_made_on,
    )
    with transaction.atomic():
        _refuse_new(new)
        maker = write_down([new], is_demo=is_demo)[0]
        leave_record(subject=maker.key, deed=REGISTERED, by=by, content=told_of(new))
    return maker


def _refuse_new(new: NewMaker) -> None:
    known = queries.known_of({person.pk for person in (new.owner, *new.households)})
    for field, sentence in rules.faults_of_maker(new, known=known, today=clock.today()).items():
        raise Refused(sentence, field=field)
    if queries.same_entry(name=new.name, owner=new.owner, village_code=new.village.pk):
        raise Refused(_("This maker stands in the register already."), field="name")


def register_with_owner(
    *, full_name: str, phone: str, salutation: Salutation, by: str, is_demo: bool = False, **maker: Any
) -> Maker:
    """Write a maker down together with the owner, unless the office knows that person already."""
    with transaction.atomic():
        owner = find_or_register(
            full_name=full_name, phone=phone, salutation=salutation, by=by, is_demo=is_demo
        )
        return register_maker(owner=owner, by=by, is_demo=is_demo, **maker)


def find_or_register(
    *, full_name: str, phone: str, salutation: Salutation, by: str, is_demo: bool = False
) -> Person:
    """The person known by this name and number together, or a new one."""
    known = queries.known_person(full_name=full_name, phone=_phone(phone))
    return known or register_person(
        full_name=full_name, phone=phone, salutation=salutation, by=by, is_demo=is_demo
    )


def _phone(written: str) -> str:
    try:
        return read_phone(written) if written.strip() else ""
    except ValueError as fault:
        raise Refused(str(fault), field="phone") from None


def change_maker(
    *,
    maker: Maker,
    name: str,
    village: Village,
    hamlet: str,
    house: str,
    bank_name: str,
    bank_account: str | None,
    last_made_on: date | None,
    by: str,
) -> Maker:
    """Mend an entry; `bank_account=None` keeps the account as it is. Nothing new leaves no record."""
    refuse(rules.why_not_name(name), field="name")
    refuse(rules.why_not_last_made(last_made_on, today=clock.today()), field="last_made_on")
    with transaction.atomic():
        maker = locked(maker)
        before = _written(maker)
        maker.party.name = rules.tidy(name)
        maker.village, maker.last_made_on = village, last_made_on
        maker.hamlet, maker.house = rules.tidy(hamlet), rules.tidy(house)
        maker.bank_name = rules.tidy(bank_name)
        if bank_account is not None:
            maker.bank_account = rules.tidy_account(bank_account)
        _save_change(maker, before, by=by)
    return maker


def _written(maker: Maker) -> dict[str, str]:
    """What may change, as text, the name of a personal field in front."""
    private = {field: getattr(maker, field) for field in PRIVATE if field != "name"}
    day = maker.last_made_on.isoformat() if maker.last_made_on else ""
    return {"name": maker.party.name, **private, "village": maker.village_id, "last_made_on": day}


def _save_change(maker: Maker, before: dict[str, str], *, by: str) -> None:
    changed = {field: value for field, value in _written(maker).items() if before[field] != value}
    if not changed:
        return
    maker.sort_name = rules.sort_name(maker.party.name)
    maker.search_text = rules.search_text_of(maker.party.name, maker.village)
    maker.party.save(update_fields=["name"])
    maker.save()
    salt = maker.owner.salt
    content = {f: salted_digest(salt, value) if f in PRIVATE else value for f, value in changed.items()}
    leave_record(subject=maker.key, deed=CHANGED, by=by, content=content)


def locked(maker: Maker) -> Maker:
    """The maker as it stands now, kept for this transaction."""
    rows = Maker.objects.select_for_update(of=("self",)).select_related(*queries.WITH_ALL)
    return rows.get(pk=maker.pk)
