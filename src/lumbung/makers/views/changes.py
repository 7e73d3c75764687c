"""What a file changes, in words: phone and account masked, as on a maker's page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.makers import queries, rules
from lumbung.makers.models import GoodsKind, ImportedMaker
from lumbung.people.rules import masked_phone


@dataclass(frozen=True)
class ChangeShown:
    """One value, before and after."""

    words: str
    before: str
    after: str


@dataclass(frozen=True)
class Imported:
    """A maker of a file with its changes."""

    row: ImportedMaker
    changes: list[ChangeShown]


def changes_in_words(imported: Iterable[ImportedMaker]) -> Iterator[Imported]:
    kinds = {kind.code: kind for kind in queries.goods_kinds()}
    for row in imported:
        yield Imported(row, [_shown(name, before, after, kinds) for name, before, after in row.changes])


def _shown(name: str, before: Any, after: Any, kinds: dict[str, GoodsKind]) -> ChangeShown:
    if name.startswith("good:"):
        code = name.partition(":")[2]
        kind = kinds.get(code)
        return ChangeShown(kind.words if kind else code, _good(before, kind), _good(after, kind))
    return ChangeShown(_words().get(name, name), _value(name, before), _value(name, after))


def _words() -> dict[str, str]:
    return {
        "name": _("Name of the business"),
        "village": _("Village"),
        "hamlet": _("Hamlet"),
        "house": _("House"),
        "bank_name": _("Bank"),
        "bank_account": _("Account number"),
        "nib": "NIB",
        "last_made_on": _("Last real production"),
        "phone": _("Phone"),
        "members": _("Households that join"),
        "unnamed_households": _("Households not known by name"),
    }


def _value(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if name == "phone":
        return masked_phone(value)
    if name in ("bank_account", "house"):
        return rules.masked(value)
    if name == "last_made_on":
        return formats.day(date.fromisoformat(value))
    if name == "members":
        return "; ".join(value)
    return formats.number(value) if isinstance(value, int) else str(value)


def _good(numbers: Any, kind: GoodsKind | None) -> str:
    if numbers is None:
        return "–"
    price, capacity, lot, *stopped = numbers
    words = _("%(capacity)s a week at %(price)s, from %(lot)s on") % {
        "capacity": formats.number(capacity),
        "price": formats.rupiah(price),
        "lot": formats.number(lot),
    }
    return _("%(words)s (no longer made)") % {"words": words} if stopped and stopped[0] else words
