"""How a number is written: a pattern with places in braces, which have Indonesian names on Indonesian pages."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lumbung.letters.choices import MARKS, LetterKind

USUAL = "{number:03}/{kind}/{office}/{month}/{year}"
"""For an office that has set no pattern."""

_INDONESIAN = {"number": "nomor", "kind": "jenis", "office": "dinas", "month": "bulan", "year": "tahun"}
_NAMES = {**{name: name for name in _INDONESIAN}, **{own: name for name, own in _INDONESIAN.items()}}
_PLACE = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_WIDTH = re.compile(r"0?[1-6]")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST = 80


def pattern_as_read(written: str) -> str:
    """The pattern with the names of the code, whichever language it was written in."""
    return _PLACE.sub(lambda found: _braced(_NAMES[found[1].strip().lower()], found[2]), written.strip())


def pattern_shown(pattern: str) -> str:
    """The pattern with the names of the page's language."""
    if (get_language() or "").startswith("en"):
        return pattern
    return _PLACE.sub(lambda found: _braced(_INDONESIAN[found[1]], found[2]), pattern)


def _braced(name: str, width: str | None) -> str:
    return f"{{{name}:0{width.lstrip('0')}}}" if width else f"{{{name}}}"


def why_not_pattern(written: str) -> str | None:
    """The reason why a pattern cannot be used, or None."""
    if len(written) > LONGEST:
        return _("A pattern has at most %(most)s letters.") % {"most": LONGEST}
    names = []
    for found in _PLACE.finditer(written):
        name = _NAMES.get(found[1].strip().lower())
        if name is None:
            return _("“{%(name)s}” is not known. Known are %(known)s.") % {
                "name": found[1],
                "known": ", ".join(places_shown()),
            }
        if found[2] is not None and (name != "number" or not _WIDTH.fullmatch(found[2])):
            return _("Behind a colon stands how many digits the number has, such as %(example)s.") % {
                "example": pattern_shown("{number:03}")
            }
        names.append(name)
    if set("{}") & set(_PLACE.sub("", written)):
        return _("A brace is open: each place begins with { and ends with }.")
    return _why_not_places(names)


def _why_not_places(names: list[str]) -> str | None:
    missing = [name for name in ("number", "year") if name not in names]
    if missing:
        return _("%(place)s is missing: without it two letters would have one number.") % {
            "place": pattern_shown(f"{{{missing[0]}}}")
        }
    if names.count("number") > 1:
        return _("The number stands in the pattern twice.")
    return None


def why_not_beside(pattern: str, others: Mapping[str, str]) -> str | None:
    """The reason why a pattern cannot stand beside those of the other kinds, or None."""
    same = [kind for kind, other in others.items() if other == pattern]
    if same and "{kind}" not in pattern:
        return _("The numbers of “%(kind)s” look the same. Add %(place)s or another word.") % {
            "kind": LetterKind(same[0]).label,
            "place": pattern_shown("{kind}"),
        }
    return None


def places_shown() -> list[str]:
    """The places as they are written in the language of the page."""
    return [pattern_shown(f"{{{name}}}") for name in _INDONESIAN]


def number_from(pattern: str, *, number: int, kind: str, office: str, day: date) -> str:
    """The number of a letter that is issued on a day."""
    values = {
        "kind": MARKS[LetterKind(kind)],
        "office": office,
        "month": _ROMAN[day.month - 1],
        "year": str(day.year),
    }

    def written(found: re.Match[str]) -> str:
        if found[1] == "number":
            return f"{number:0{int(found[2] or 1)}d}"
        return values[found[1]]

    return _PLACE.sub(written, pattern)
