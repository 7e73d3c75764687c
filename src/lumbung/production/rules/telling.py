"""What a record about production says, as a sentence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation import formats
from foundation.formats import number
from lumbung.production import choices

Content = Mapping[str, Any]


def sentence_of(deed: str, content: Content, *, maker: str, person: str) -> str:
    """One sentence for one deed; empty where the room does not know it."""
    tell = _SENTENCES.get(deed)
    return tell(content, maker, person) if tell else ""


def _passed(n: Content, maker: str, person: str) -> str:
    return _("%(maker)s passes %(quantity)s to %(person)s, %(pay)s for a piece.") % {
        "maker": maker,
        "person": person,
        "quantity": number(n["quantity"]),
        "pay": formats.rupiah(n["pay"]),
    }


def _made(n: Content, maker: str, person: str) -> str:
    words = {
        "who": f"{maker}, {person}" if person else maker,
        "quantity": number(n["quantity"]),
        "day": formats.day_full(date.fromisoformat(n["made_on"])),
        "made": number(n["made"]),
        "held": number(n["held"]),
    }
    return _("%(who)s made %(quantity)s on %(day)s; %(made)s of %(held)s are made.") % words


def _over(n: Content, maker: str, person: str) -> str:
    return _("%(who)s told %(quantity)s more, although %(made)s of %(held)s are made: refused.") % {
        "who": f"{maker}, {person}" if person else maker,
        "quantity": number(n["quantity"]),
        "made": number(n["made"]),
        "held": number(n["held"]),
    }


_SENTENCES: dict[str, Callable[[Content, str, str], str]] = {
    choices.STANDARD_WRITTEN: lambda n, m, p: (
        _("Version %(number)s of the standard written.") % {"number": number(n["version"])}
    ),
    choices.STANDARD_APPROVED: lambda n, m, p: (
        _("Version %(number)s of the standard approved.") % {"number": number(n["version"])}
    ),
    choices.STANDARD_DROPPED: lambda n, m, p: (
        _("Version %(number)s of the standard dropped.") % {"number": number(n["version"])}
    ),
    choices.STANDARD_CONFIRMED: lambda n, m, p: (
        _("%(maker)s will make it by version %(number)s of the standard.")
        % {"maker": m, "number": number(n["version"])}
    ),
    choices.PART_PASSED: _passed,
    choices.PART_CORRECTED: _passed,
    choices.PART_CONFIRMED: lambda n, m, p: (
        _("%(person)s agrees to make %(quantity)s.") % {"person": p, "quantity": number(n["quantity"])}
    ),
    choices.MADE_TOLD: _made,
    choices.MADE_CORRECTED: _made,
    choices.OVER_SHARE: _over,
}
