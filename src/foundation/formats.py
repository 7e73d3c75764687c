"""Numbers, money, days and hours as they are written on the page: Indonesian, or English when that is chosen.

Every function takes what is to be written and, optionally, the language; without it the language of the
running request counts. Spaces inside an amount or a date do not break, so that it never wraps inside itself.
"""

from datetime import date, datetime
from fractions import Fraction

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from foundation import clock

NO_BREAK = "\N{NO-BREAK SPACE}"
DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
COUNTS = {
    "id": ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh"),
    "en": ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
}


def _language(given: str | None) -> str:
    chosen = given or get_language() or settings.LANGUAGE_CODE
    return "en" if chosen.startswith("en") else "id"


def _thousands(language: str) -> str:
    return "," if language == "en" else "."


def _decimal(language: str) -> str:
    return "." if language == "en" else ","


def number(value: int, language: str | None = None) -> str:
    """1250000 is 1.250.000 (English: 1,250,000)."""
    return f"{value:,}".replace(",", _thousands(_language(language)))


def rupiah(value: int, language: str | None = None) -> str:
    """1250000 is Rp1.250.000."""
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{number(abs(value), language)}"


def millions(value: int, language: str | None = None) -> str:
    """Rupiah in whole millions, halves upwards: 3559951678 is 3.560."""
    return number((value + 500_000) // 1_000_000, language)


def _scaled(value: int, places: int, keep: int, language: str) -> str:
    """`value` ÷ 10^places, written exactly, with at least `keep` decimals."""
    whole, rest = divmod(abs(value), 10**places)
    digits = f"{rest:0{places}d}".rstrip("0").ljust(keep, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{number(whole, language)}" + (f"{_decimal(language)}{digits}" if digits else "")


def percent_bp(value: int, language: str | None = None) -> str:
    """Basis points as percent: 200 is 2 %, 25 is 0,25 % (English: 0.25%)."""
    tongue = _language(language)
    return _scaled(value, 2, 0, tongue) + ("%" if tongue == "en" else f"{NO_BREAK}%")


def fraction_bp(value: int, language: str | None = None) -> str:
    """Parts of ten thousand as a number between 0 and 1, three decimals: 4170 is 0,417."""
    return _scaled((value + 5) // 10, 3, 3, _language(language))


def percent_exact(value: Fraction, language: str | None = None) -> str:
    """A small fraction as percent with two telling digits: 1/90000 is 0,0011 %."""
    tongue = _language(language)
    places = 2
    while value and abs(value) * 100 * 10**places < 10 and places < 12:
        places += 1
    text = _scaled(round(value * 100 * 10**places), places, 0, tongue)
    return text + ("%" if tongue == "en" else f"{NO_BREAK}%")


def local(value: date | datetime) -> date:
    """The day at the place; a moment is first brought to the place's time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def weekday(value: date | datetime, language: str | None = None) -> str:
    return DAYS[_language(language)][local(value).weekday()]


def day(value: date | datetime, language: str | None = None) -> str:
    """Selasa (27/12); of another year than this one Selasa (27/12/2025)."""
    there = local(value)
    year = "" if there.year == clock.today().year else f"/{there.year}"
    return f"{weekday(there, language)}{NO_BREAK}({there.day}/{there.month}{year})"


def day_month(value: date | datetime, language: str | None = None) -> str:
    """12 Juni."""
    there = local(value)
    return f"{there.day}{NO_BREAK}{MONTHS[_language(language)][there.month - 1]}"


def day_full(value: date | datetime, language: str | None = None) -> str:
    """12 Juni 2026."""
    return f"{day_month(value, language)}{NO_BREAK}{local(value).year}"


def day_long(value: date | datetime, language: str | None = None) -> str:
    """Jumat, 12 Juni 2026."""
    return f"{weekday(value, language)}, {day_full(value, language)}"


def clock_time(value: datetime, language: str | None = None) -> str:
    """17.00 (English: 17:00), 24 hours, at the place."""
    there = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{there:%H}{':' if _language(language) == 'en' else '.'}{there:%M}"


def moment(value: datetime, language: str | None = None) -> str:
    """Rabu (6/5) 17.00, and what the place calls its time."""
    return f"{day(value, language)} {clock_time(value, language)}{NO_BREAK}{settings.TIME_ZONE_NAME}"


def duration(seconds: int) -> str:
    """45 detik; 1 menit 20 detik; 2 jam 5 menit."""
    if seconds < 60:
        return _seconds(max(0, seconds))
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{_minutes(minutes)} {_seconds(rest)}"
    hours, minutes = divmod(minutes, 60)
    return f"{ngettext('%(n)s hour', '%(n)s hours', hours) % {'n': hours}} {_minutes(minutes)}"


def _seconds(count: int) -> str:
    return ngettext("%(n)s second", "%(n)s seconds", count) % {"n": count}


def _minutes(count: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count}


def count_words(value: int, language: str | None = None) -> str:
    """Satu to Sepuluh as a sentence begins; any other count as its number."""
    words = COUNTS[_language(language)]
    return words[value - 1] if 1 <= value <= len(words) else number(value, language)
