"""What a file changes of an entry that stands in the register."""

from typing import Any

from django.utils.translation import gettext as _

from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.rules.checks import why_not_household, why_not_last_made, why_not_name
from lumbung.makers.rules.imports.known import Change, KnownGood, KnownMaker, Register, Told, ToldGood
from lumbung.makers.rules.imports.newcomers import fault_of_good, why_not_number
from lumbung.makers.rules.imports.rows import Reading
from lumbung.makers.rules.spelling import sort_name

PLAIN = ("name", "village", "hamlet", "house", "bank_name", "bank_account", "nib")
STATE_WORDS = {
    **dict.fromkeys(("aktif", "active"), MakerState.ACTIVE),
    **dict.fromkeys(("berhenti sementara", "paused", "jeda"), MakerState.PAUSED),
    **dict.fromkeys(("tutup", "closed"), MakerState.CLOSED),
}


def faults_of_known(reading: Reading, told: Told, known: KnownMaker, register: Register) -> None:
    """Say what cannot be changed like this, and what an import leaves as it is."""
    group = known.kind == MakerKind.GROUP
    faults = {
        "name": why_not_name(told.get("name")) if told.get("name") else None,
        "last_made_on": why_not_last_made(told.get("last_made_on"), today=register.today),
        "households": why_not_number(told, known.kind) or _why_not_fewer(told, known),
        "members": None
        if group or not told.get("members")
        else why_not_household(kind=known.kind, belongs_to=None, owns=None),
    }
    for name, sentence in faults.items():
        if sentence:
            reading.fault(told.cells[name], sentence)
    for good in told.goods:
        numbers = _numbers(good, known.goods.get(good.kind))
        fault_of_good(reading, told, good, *numbers)
    _warn(reading, told, known)


def _why_not_fewer(told: Told, known: KnownMaker) -> str | None:
    named = len(known.members | {sort_name(name) for name in told.get("members") or ()})
    if told.get("households") is None or known.kind != MakerKind.GROUP or told.get("households") >= named:
        return None
    return _("%(named)s households of this group are written down by name.") % {"named": named}


def _numbers(good: ToldGood, known: KnownGood | None) -> tuple[int | None, int | None, int]:
    """What would stand: the file's numbers, and for those it leaves out the register's."""
    if known is None:
        return good.price, good.capacity, 1 if good.lot is None else good.lot
    return (
        known.price if good.price is None else good.price,
        known.capacity if good.capacity is None else good.capacity,
        known.lot if good.lot is None else good.lot,
    )


def _warn(reading: Reading, told: Told, known: KnownMaker) -> None:
    owner, phone, kind, state = (told.get(name) for name in ("owner", "phone", "kind", "state"))
    if owner and sort_name(owner) != sort_name(known.owner_name):
        sentence = _("The register names %(owner)s. An import changes no owner.")
        reading.warn(told.cells["owner"], sentence % {"owner": known.owner_name})
    if phone and phone != known.phone and known.has_account:
        sentence = _("The owner signs in with a phone number: an import does not change it.")
        reading.warn(told.cells["phone"], sentence)
    if kind and kind != known.kind:
        reading.warn(told.cells["kind"], _("An import makes no workshop a group, nor a group a workshop."))
    if state and STATE_WORDS.get(sort_name(state)) not in (None, known.state):
        sentence = _("An import pauses and closes nobody: do that on the maker's page, with the reason.")
        reading.warn(told.cells["state"], sentence)


def changes_of(told: Told, known: KnownMaker) -> list[Change]:
    """Every value that would be another one, in a fixed order; an empty cell changes nothing."""
    changes = [
        Change(name, getattr(known, name), told.get(name))
        for name in PLAIN
        if told.get(name) is not None and told.get(name) != getattr(known, name)
    ]
    day = told.get("last_made_on")
    if day and day != known.last_made_on:
        before = known.last_made_on.isoformat() if known.last_made_on else ""
        changes.append(Change("last_made_on", before, day.isoformat()))
    phone = told.get("phone")
    if phone and phone != known.phone and not known.has_account:
        changes.append(Change("phone", known.phone, phone))
    return [*changes, *_households(told, known), *_goods(told, known)]


def _households(told: Told, known: KnownMaker) -> list[Change]:
    if known.kind != MakerKind.GROUP:
        return []
    named = {sort_name(name): name for name in told.get("members") or ()}
    joining = [name for key, name in named.items() if key not in known.members]
    changes = [Change("members", [], joining)] if joining else []
    number = told.get("households")
    if number is None:
        return changes
    unnamed = number - len(known.members) - len(joining)
    if unnamed != known.unnamed_households:
        changes.append(Change("unnamed_households", known.unnamed_households, unnamed))
    return changes


def _goods(told: Told, known: KnownMaker) -> list[Change]:
    changes = []
    for good in sorted(told.goods):
        before = known.goods.get(good.kind)
        after = list(_numbers(good, before))
        if before is None or before.stopped_on is not None or list(before[:3]) != after:
            changes.append(Change(f"good:{good.kind}", _stands(before), after))
    return changes


def _stands(good: KnownGood | None) -> Any:
    """A good as it stood: its three numbers, and the day since when it is no longer made."""
    if good is None:
        return None
    return [*good[:3], good.stopped_on.isoformat() if good.stopped_on else ""]
