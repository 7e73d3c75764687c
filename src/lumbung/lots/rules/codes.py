"""The code of a lot: two digits of the year, six of its number, one that checks them.

Digits only, so that a phone opens its number pad. The check is Damm's: it notices every single wrong digit and every
two neighbours that changed places, which are nearly all slips of a thumb.
"""

from django.utils.translation import gettext as _

DIGITS = 9
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """The digit that stands behind these."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def code_of(*, year: int, number: int) -> str:
    """`260000017` and its check: the seventeenth lot of 2026."""
    if not 0 < number < 10**6:
        raise ValueError("A year has lots 1 to 999999.")
    bare = f"{year % 100:02d}{number:06d}"
    return bare + check_digit(bare)


def next_code(*, year: int, last: str) -> str:
    """The code behind the last one of the year; the first where there is none."""
    return code_of(year=year, number=int(last[2:8]) + 1 if last else 1)


def bare(written: str) -> str:
    """What was typed, without the blanks, dots and dashes that people put between."""
    return "".join(sign for sign in written if not (sign.isspace() or sign in ".-–_/"))


def why_not_code(written: str) -> str | None:
    """What is wrong with a code that somebody typed, or None."""
    code = bare(written)
    if not (code.isascii() and code.isdecimal()):
        return _("A lot code has digits only. You wrote “%(code)s”.") % {"code": written.strip()[:40]}
    if len(code) != DIGITS:
        return _("A lot code has %(digits)s digits. You wrote %(count)s.") % {
            "digits": DIGITS,
            "count": len(code),
        }
    if check_digit(code[:-1]) != code[-1]:
        return _("One digit is not right. Please compare each with the mark.")
    return None
