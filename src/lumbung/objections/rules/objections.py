"""Who may object and until when, who may answer and by when, and what an answer must say."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock, formats
from lumbung.objections.choices import ObjectionState

if TYPE_CHECKING:
    from lumbung.objections.models import Objection
    from lumbung.orders.models import Order

SHORTEST_WORDS = 10
SHORTEST_REASON = 40
MOST_WORDS = 3_000
MOST_OPEN_A_PHONE = 3


def next_code(*, year: int, last: str | None) -> str:
    """`KBR-2026-0008` after `KBR-2026-0007`; each year begins at 1."""
    prefix = f"KBR-{year}-"
    number = int(last.removeprefix(prefix)) if last and last.startswith(prefix) else 0
    return f"{prefix}{number + 1:04d}"


# Time


def last_day(
    start: date, days: int, *, office_days: Collection[int], holidays: Collection[date] = ()
) -> date:
    """The last day of a term of so many working days; the first counted is the working day after `start`."""
    day, left = start, max(1, days)
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() in office_days and day not in holidays
    return day


def holidays_sentence(holidays: Iterable[date], *, today: date) -> str:
    """Which days a term will not count besides the office's free days of the week, or that nobody has listed any."""
    coming = sorted(day for day in holidays if day >= today)
    if not coming:
        return _("No coming public holiday is listed, so a term in working days counts each of them.")
    return _("A term in working days does not count these public holidays: %(days)s.") % {
        "days": ", ".join(map(formats.day_full, coming))
    }


def in_time_until(decided_at: datetime, window_days: int) -> date:
    """The last day on which an objection to what was decided then is in time."""
    return formats.local(decided_at) + timedelta(days=window_days)


def is_filed_late(decided_at: datetime | None, window_days: int, *, today: date) -> bool:
    """Whether the days for objections are over; before a decision nothing is late."""
    return decided_at is not None and today > in_time_until(decided_at, window_days)


def late_sentence(objection: "Objection") -> str:
    return _("It came later than %(days)s days after the decision. It is looked at all the same.") % {
        "days": formats.number(objection.order.objection_window_days)
    }


def term_sentence(order: "Order") -> str:
    """What is promised to whoever objects."""
    return ngettext(
        "You get an answer within %(days)s working day.",
        "You get an answer within %(days)s working days.",
        order.objection_days,
    ) % {"days": formats.number(order.objection_days)}


# Filing


def why_not_file(order: "Order", *, open_by_phone: int) -> str | None:
    if not order.published_at:
        return _("This order is not public yet.")
    if open_by_phone >= MOST_OPEN_A_PHONE:
        return _(
            "Three objections with this phone number are waiting for an answer already. "
            "Please wait for it, or add your word there."
        )
    return None


def why_not_words(words: str) -> str | None:
    length = len(words.strip())
    if length < SHORTEST_WORDS:
        return _("Please write in a sentence what is not right.")
    if length > MOST_WORDS:
        return _("At most %(most)s signs. You wrote %(written)s.") % {
            "most": formats.number(MOST_WORDS),
            "written": formats.number(length),
        }
    return None


def why_not_reply(objection: "Objection") -> str | None:
    """The reason why no further word can be added, or None: it is possible once, after the first answer."""
    if objection.state == ObjectionState.WITHDRAWN:
        return _("This objection was taken back.")
    if objection.state == ObjectionState.FILED:
        return _("The office has not answered yet. You can add a word as soon as it has.")
    if objection.state == ObjectionState.REPLIED:
        return _("Your word has reached the office. Somebody else looks at it now.")
    if objection.state == ObjectionState.CLOSED:
        return _("This objection was answered twice, by two different persons. It ends here.")
    return None


def why_not_withdraw(objection: "Objection") -> str | None:
    if objection.state == ObjectionState.WITHDRAWN:
        return _("This objection was taken back.")
    if not objection.is_open:
        return _("This objection is answered already.")
    return None


# Answering


def why_not_answer(
    objection: "Objection",
    *,
    by: str,
    took_part: Collection[str],
    answered: Collection[str],
    able: Sequence[str],
) -> str | None:
    """The reason why this person cannot answer, or None: nobody judges the own work, nor twice.

    `took_part` are the keys of who computed, proposed or decided the split, `answered` of who answered before;
    `able` are the names of those who may.
    """
    if objection.state == ObjectionState.WITHDRAWN:
        return _("This objection was taken back.")
    if not objection.is_open:
        return _("This objection is answered already.")
    if by in took_part:
        return f"{_('You took part in this split, so somebody else answers.')} {_whom(able)}"
    if by in answered:
        return f"{_('You gave the first answer, so somebody else gives the second.')} {_whom(able)}"
    return None


def _whom(able: Sequence[str]) -> str:
    if able:
        return _("Ask %(names)s.") % {"names": ", ".join(able)}
    return _(
        "Nobody else in the office may: ask the head of the agency to name an officer who had no part in it, "
        "and tell the auditor."
    )


def why_not_reason(reason: str) -> str | None:
    if len(reason.strip()) < SHORTEST_REASON:
        return _("Give the reason in at least %(least)s signs, so that it can be followed.") % {
            "least": SHORTEST_REASON
        }
    return None


# The words for everybody


def found_in(words: str, *, names: Iterable[str], phone: str) -> list[str]:
    """Names and numbers in these words that could tell who is meant, each once, in their order."""
    spoken = _spaced(words)
    found = [name for name in dict.fromkeys(names) if name.strip() and f" {_spaced(name).strip()} " in spoken]
    digits = re.sub(r"\D", "", phone)[-8:]
    if len(digits) == 8 and digits in re.sub(r"\D", "", words):
        found.append(_("the phone number"))
    return found


def _spaced(text: str) -> str:
    """Words in small letters with one space around each, so that a name is found whole and never within a word."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return f" {words} "


def warning_of(found: Sequence[str]) -> str:
    return _("These words may tell who is meant: %(names)s. Say it without them.") % {
        "names": ", ".join(found)
    }


def state_key(objection: "Objection") -> str:
    """Which glyph stands before the state's word."""
    if objection.is_overdue():
        return "lapsed"
    return {
        ObjectionState.FILED: "offered",
        ObjectionState.REPLIED: "offered",
        ObjectionState.ANSWERED: "done",
        ObjectionState.CLOSED: "done",
        ObjectionState.WITHDRAWN: "declined",
    }[ObjectionState(objection.state)]


def state_words(objection: "Objection") -> str:
    if objection.is_overdue():
        return _("Past its day")
    return str(objection.get_state_display())


def days_left_sentence(objection: "Objection") -> str:
    """Dijawab paling lambat Senin, 30 November 2026."""
    day = formats.day_long(objection.due_on)
    if objection.is_overdue():
        days = (clock.today() - objection.due_on).days
        return ngettext(
            "It should have been answered by %(day)s, %(days)s day ago. The head of the office sees this too.",
            "It should have been answered by %(day)s, %(days)s days ago. The head of the office sees this too.",
            days,
        ) % {"day": day, "days": formats.number(days)}
    return _("The answer comes by %(day)s at the latest.") % {"day": day}


def how_many_objected(
    filed: int, *, answered: int, in_time: int, open_now: int, late: int, withdrawn: int
) -> str:
    """One sentence for the list of questions."""
    if not filed:
        return _("Nobody so far.")
    said = ngettext("%(filed)s objection so far.", "%(filed)s objections so far.", filed) % {
        "filed": formats.number(filed)
    }
    told = _("%(answered)s answered, %(in_time)s of them in time; %(open)s open.") % {
        "answered": formats.number(answered),
        "in_time": formats.number(in_time),
        "open": formats.number(open_now),
    }
    if withdrawn:
        told += " " + _("Taken back: %(withdrawn)s.") % {"withdrawn": formats.number(withdrawn)}
    if late:
        told += " " + _("Past their day: %(late)s.") % {"late": formats.number(late)}
    return f"{said} {told}"
