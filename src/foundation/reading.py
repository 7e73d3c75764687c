"""Reading numbers, money, days and phones as Indonesians write them.

A text that can be read in two ways is refused, not guessed: a factor of a thousand in an amount is worse
than a question. What is decided:

* A dot or comma followed by exactly three digits marks thousands: `1.250` and `1,250` are both 1250. One sign
  is used throughout; behind the other sign there may be zeros only (`1.250.000,00`).
* Anything else behind one dot or comma is a fraction, and a count of pieces or rupiah has none: `1.25` and
  `0,5` are refused.
* Beside a word (`ribu`, `juta`, `M` for *miliar*, `triliun`, or English ones) a dot or comma is the decimal
  sign: `1,25 juta`. With exactly three digits behind it (`1,250 juta`) both readings are possible: refused.
* `M` alone is *miliar* (10⁹), as in Indonesian newspapers; a small `m` is a metre and is refused.
* Numbers have at most 15 digits: a spreadsheet keeps no more.
* Days are written day first. Years have four digits.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

DIGITS = 15
_UNITS = {
    "rb": 10**3,
    "ribu": 10**3,
    "k": 10**3,
    "thousand": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "million": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "billion": 10**9,
    "t": 10**12,
    "triliun": 10**12,
    "trilyun": 10**12,
    "trillion": 10**12,
}
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_FRACTION = re.compile(r"[0-9]+[.,][0-9]+")
_WITH_UNIT = re.compile(r"(?P<amount>[0-9][0-9., ]*?) ?(?P<unit>[A-Za-z]+)\.?")
_CURRENCY = re.compile(r"^(?:rp\.?|idr) ?|(?:,-+|\.-+|,--)$|(?<=[0-9]) ?idr$", re.IGNORECASE)


def read_number(written: object) -> int:
    """The whole number, zero or more, that is written; ValueError with a sentence otherwise."""
    if isinstance(written, int | float | Decimal) and not isinstance(written, bool):
        return _checked_number(written)
    text = _tidy(written)
    negative = text[:1] in "-−–" or (text[:1] == "(" and text[-1:] == ")")
    if negative and any(sign.isdigit() for sign in text):
        raise ValueError(_("“%(written)s” is below zero.") % _quoted(written))
    return _limited(_whole(text, written), written)


def read_rupiah(written: object) -> int:
    """Whole rupiah: what `read_number` understands, and `Rp50.000,-`, `Rp 50.000`, `IDR 50,000`."""
    if not isinstance(written, str):
        return read_number(written)
    text = _tidy(written)
    sign = "-" if text[:1] in "-−–" else ""
    bare = _CURRENCY.sub("", _CURRENCY.sub("", text.lstrip("-−– ")))
    if not bare:
        raise ValueError(
            _("“%(written)s” is not an amount of rupiah. Write it like Rp50.000.") % _quoted(written)
        )
    try:
        return read_number(sign + bare)
    except ValueError as fault:
        raise ValueError(str(fault).replace(f"“{sign}{bare}”", f"“{_short(written)}”")) from None


def read_percent_bp(written: object) -> int:
    """Basis points (hundredths of a percent) from `2 %`, `0,25` or `2`; from 0 to 100 %."""
    text = _tidy(written).removesuffix("%").removesuffix("persen").removesuffix("percent").strip()
    if not re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]+)?", text):
        raise ValueError(_("“%(written)s” is not a percentage. Write it like 2 or 0,25.") % _quoted(written))
    points = Decimal(text.replace(",", ".")) * 100
    if points != int(points):
        raise ValueError(_("“%(written)s” has more than two decimals.") % _quoted(written))
    if points > 10_000:
        raise ValueError(_("“%(written)s” is more than 100 percent.") % _quoted(written))
    return int(points)


def _checked_number(written: int | float | Decimal) -> int:
    if written != written or written in (float("inf"), float("-inf")):
        raise _not_a_number(written)
    if written < 0:
        raise ValueError(_("“%(written)s” is below zero.") % _quoted(written))
    if written != int(written):
        raise _not_whole(written)
    return _limited(int(written), written)


def _whole(text: str, written: object) -> int:
    """The number in a tidy text; `written` is what the sentence quotes."""
    if _PLAIN.fullmatch(text):
        return int(text)
    unit = _WITH_UNIT.fullmatch(text)
    if unit:
        return _times_unit(unit["amount"].strip(), unit["unit"], written)
    body, sign, zeros = _without_zero_fraction(text)
    grouped = _GROUPED.fullmatch(body)
    if grouped and (not sign or grouped[1] != sign):
        return int(re.sub(r"[., ]", "", body))
    if sign and _PLAIN.fullmatch(body) and sign == "," and len(zeros) != 3:
        return int(body)
    raise _refusal(text, written)


def _without_zero_fraction(text: str) -> tuple[str, str, str]:
    """`1.250.000,00` → (`1.250.000`, `,`, `00`); other texts come back whole."""
    cut = re.fullmatch(r"(.*[0-9])([.,])(0{1,2})", text)
    return (cut[1], cut[2], cut[3]) if cut else (text, "", "")


def _times_unit(amount: str, word: str, written: object) -> int:
    factor = 10**9 if word == "M" else _UNITS.get(word.lower())
    if factor is None:
        raise ValueError(
            _("“%(written)s” has a word beside the number. Write the number only.") % _quoted(written)
        )
    value = _decimal(amount, written) * factor
    if value != int(value):
        raise _not_whole(written)
    return int(value)


def _decimal(amount: str, written: object) -> Decimal:
    grouped = _GROUPED.fullmatch(amount)
    if grouped and (len(re.findall(r"[., ]", amount)) > 1 or grouped[1] == " "):
        return Decimal(re.sub(r"[., ]", "", amount))
    if grouped:
        raise ValueError(
            _("“%(written)s” can be read in two ways. Write it out in digits, such as 1.250.000.")
            % _quoted(written)
        )
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", amount):
        raise _not_a_number(written)
    return Decimal(amount.replace(",", "."))


def _refusal(text: str, written: object) -> ValueError:
    fraction = _FRACTION.fullmatch(text)
    if fraction and "." in text and not text.startswith("0"):
        return ValueError(
            _(
                "“%(written)s” can be read in two ways: a dot marks thousands and three digits follow it. "
                "Write a whole number, such as 1.250."
            )
            % _quoted(written)
        )
    if fraction or re.fullmatch(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*[.,][0-9]+", text):
        return _not_whole(written)
    if re.match(r"[0-9]", text) and re.search(r"[^\W\d_]", text):
        return ValueError(
            _("“%(written)s” has a word beside the number. Write the number only.") % _quoted(written)
        )
    return _not_a_number(written)


def _not_a_number(written: object) -> ValueError:
    return ValueError(_("“%(written)s” is not a number. Write digits, such as 1.250.000.") % _quoted(written))


def _not_whole(written: object) -> ValueError:
    return ValueError(_("“%(written)s” is not a whole number.") % _quoted(written))


def _limited(value: int, written: object) -> int:
    if value >= 10**DIGITS:
        raise ValueError(_("“%(written)s” is too large: at most 15 digits.") % _quoted(written))
    return value


_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan",
            "februari february feb pebruari",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt aug ags",
            "september sep sept",
            "oktober october okt oct",
            "november nov nopember nop",
            "desember december des dec",
        ),
        start=1,
    )
    for word in words.split()
}
_WEEKDAY = re.compile(r"^[^\W\d_]+, ?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_IN_WORDS = re.compile(r"([0-9]{1,2})[ -]([^\W\d_]+)\.?[ -]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2}), ?([0-9]{4})")
_YEARS = range(1900, 2200)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(18_264, 109_575)  # 1950 to 2199 as a spreadsheet counts days


def read_date(written: object) -> date:
    """The day that is written, day first; spreadsheet days and their serial numbers are understood."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    if isinstance(written, int | float) and not isinstance(written, bool):
        return _from_serial(written)
    text = _WEEKDAY.sub("", _tidy(written))
    parts = _date_parts(text)
    if parts is None:
        raise ValueError(_("“%(written)s” is not a date. Write it like 27/12/2026.") % _quoted(written))
    try:
        day = date(*parts)
    except ValueError:
        raise ValueError(
            _("“%(written)s” is not in the calendar. Write day/month/year.") % _quoted(written)
        ) from None
    if day.year not in _YEARS:
        raise ValueError(
            _("“%(written)s” lies too far away. Write a year from %(first)s to %(last)s.")
            % {**_quoted(written), "first": _YEARS[0], "last": _YEARS[-1]}
        )
    return day


def _date_parts(text: str) -> tuple[int, int, int] | None:
    if found := _DAY_FIRST.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _IN_WORDS.fullmatch(text)) and found[2].lower() in _MONTHS:
        return int(found[3]), _MONTHS[found[2].lower()], int(found[1])
    if (found := _MONTH_FIRST.fullmatch(text)) and found[1].lower() in _MONTHS:
        return int(found[3]), _MONTHS[found[1].lower()], int(found[2])
    return None


def _from_serial(written: int | float) -> date:
    if written != written or written in (float("inf"), float("-inf")) or int(written) not in _SERIALS:
        raise ValueError(_("“%(written)s” is not a date. Write it like 27/12/2026.") % _quoted(written))
    return _SERIAL_ZERO + timedelta(days=int(written))


def read_phone(written: object) -> str:
    """An Indonesian number as `+62…`; a spreadsheet may have eaten the leading zero of a mobile number."""
    if (
        isinstance(written, float)
        and written == written
        and abs(written) < 10**DIGITS
        and written == int(written)
    ):
        written = int(written)
    text = re.sub(r"[ ().\-–/]", "", _tidy(written))
    national = re.fullmatch(r"(?:(?:\+|00)?62(?:0)?|0)([1-9][0-9]{6,12})|(8[0-9]{7,12})", text)
    if national:
        return f"+62{national[1] or national[2]}"
    if re.match(r"(?:\+|00)(?!62)[0-9]{6,}$", text):
        raise ValueError(
            _(
                "“%(written)s” is a number of another country. "
                "Write an Indonesian number, such as 0812 3456 7890."
            )
            % _quoted(written)
        )
    raise ValueError(
        _("“%(written)s” is not a phone number. Write it like 0812 3456 7890.") % _quoted(written)
    )


def _tidy(written: object) -> str:
    """Text with single plain spaces and nothing around it; empty is refused."""
    text = _SPACES.sub(" ", "" if written is None else str(written)).strip().strip("'’")
    if not text:
        raise ValueError(_("Nothing is written here."))
    return text


def _quoted(written: object) -> dict[str, str]:
    return {"written": _short(written)}


def _short(written: object) -> str:
    text = _SPACES.sub(" ", str(written)).strip()
    if isinstance(written, float) and written.is_integer():
        text = str(int(written))
    return text if len(text) <= 40 else text[:39] + "…"
