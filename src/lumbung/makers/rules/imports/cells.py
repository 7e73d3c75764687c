"""How one cell of a sheet of makers is read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from foundation.reading import read_date, read_number, read_phone, read_rupiah
from lumbung.makers.choices import MakerKind
from lumbung.makers.rules.spelling import sort_name, tidy
from lumbung.people.choices import Salutation

NOTHING = frozenset({"", "-", "–", "—", "--", "n/a", "#n/a"})
NIB_DIGITS = 13
EXACT_DIGITS = 10**15


class Odd(NamedTuple):
    """Something that looks wrong, and is no reason to leave the row out."""

    sentence: str
    value: str = ""


def plain(written: object) -> str:
    """A cell as text: a number without its point, a day as people write it."""
    if isinstance(written, float) and written == written and abs(written) != float("inf"):
        return str(int(written)) if written == int(written) else str(written)
    if isinstance(written, datetime | date):
        return f"{written.day}/{written.month}/{written.year}"
    return tidy(str(written))


def is_nothing(written: object) -> bool:
    """A dash in a cell says that there is nothing."""
    return isinstance(written, str) and written.strip().casefold() in NOTHING


def text(most: int) -> Callable[[Any], str | None]:
    def read(written: Any) -> str | None:
        if is_nothing(written):
            return None
        found = plain(written)
        if len(found) > most:
            raise ValueError(
                _("This is too long: at most %(most)s letters, and these are %(written)s.")
                % {"most": most, "written": len(found)}
            )
        return found

    return read


def number(written: Any) -> int | None:
    return None if is_nothing(written) else read_number(written)


def rupiah(written: Any) -> int | None:
    return None if is_nothing(written) else read_rupiah(written)


def day(written: Any) -> date | None:
    return None if is_nothing(written) else read_date(written)


def phone(written: Any) -> str | Odd | None:
    """A number that cannot be called is said, and left out; the maker is taken in without one."""
    if is_nothing(written):
        return None
    try:
        return read_phone(written)
    except ValueError as fault:
        return Odd(_("%(fault)s Taken in without a phone.") % {"fault": fault})


def digits(most: int) -> Callable[[Any], str | Odd | None]:
    """A number that is text: zeros at its front and more than fifteen digits do not survive in a number cell."""

    def read(written: Any) -> str | Odd | None:
        if isinstance(written, int | float) and not isinstance(written, bool):
            if abs(written) >= EXACT_DIGITS:
                raise ValueError(
                    _(
                        "The sheet keeps this as a number and has lost its last digits. "
                        "Format the column as text and write it again."
                    )
                )
            sentence = _("The sheet keeps this as a number: if it began with zeros, they are missing.")
            return Odd(sentence, plain(written))
        return text(most)(written)

    return read


def nib(written: Any) -> str | Odd | None:
    found = digits(30)(written)
    bare = found.value if isinstance(found, Odd) else found
    if bare is None:
        return None
    bare = re.sub(r"[ .\-]", "", bare)
    if re.fullmatch(rf"[0-9]{{{NIB_DIGITS}}}", bare):
        return bare
    sentence = _("“%(written)s” is no usual NIB: it has thirteen digits. Kept as it is.") % {"written": bare}
    return Odd(sentence, bare)


def names(written: Any) -> tuple[str, ...] | None:
    """Several names in a cell, with semicolons, commas or new lines between."""
    if is_nothing(written):
        return None
    found = [tidy(part) for part in re.split(r"[;,\n]", str(written))]
    kept = tuple(dict.fromkeys(re.sub(r"^[0-9]+[.)] *", "", name) for name in found if name))
    if any(len(name) > 160 for name in kept):
        raise ValueError(_("A name here is too long. Write a semicolon between two names."))
    return kept


def one_of(words: Mapping[str, Any], expected: str) -> Callable[[Any], Any]:
    """A word of a short list, in any of its spellings."""

    def read(written: Any) -> Any:
        if is_nothing(written):
            return None
        found = words.get(sort_name(plain(written)))
        if found is None:
            raise ValueError(
                _("“%(written)s” is not known here. Write one of: %(expected)s.")
                % {"written": plain(written)[:40], "expected": expected}
            )
        return found

    return read


KINDS: Mapping[str, MakerKind] = {
    **dict.fromkeys(
        ("workshop", "usaha", "perorangan", "perseorangan", "usaha sendiri", "industri rumahan", "individu"),
        MakerKind.WORKSHOP,
    ),
    **dict.fromkeys(
        (
            "group",
            "group under a captain",
            "kelompok",
            "kelompok usaha",
            "kelompok dengan kapten",
            "kelompok di bawah kapten",
            "kub",
            "kube",
        ),
        MakerKind.GROUP,
    ),
}
SALUTATIONS: Mapping[str, Salutation] = {
    **dict.fromkeys(("ibu", "bu", "p", "pr", "perempuan", "wanita", "f", "female"), Salutation.IBU),
    **dict.fromkeys(
        ("bapak", "bpk", "pak", "l", "lk", "laki", "laki laki", "pria", "m", "male"), Salutation.BAPAK
    ),
    **dict.fromkeys(("none", "tidak ada", "tanpa"), Salutation.NONE),
}
