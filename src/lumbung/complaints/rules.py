"""Which pieces are still open, what may be done about them, and the reasons why not; no database."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from foundation import clock, formats, marking
from lumbung.complaints.choices import LARGEST, LARGEST_RUPIAH, MOST_OPEN_A_PHONE, OF_PIECES, RemedyKind
from lumbung.orders.rules.messages import one_line

if TYPE_CHECKING:
    from lumbung.complaints.models import Complaint


def next_code(*, year: int, last: str | None) -> str:
    """KLH-2026-0001 and on."""
    return f"KLH-{year}-{(int(last.rsplit('-', 1)[1]) + 1 if last else 1):04d}"


def why_not_words(words: str) -> str | None:
    if len(words.split()) < 2:
        return _("Write in a sentence what is not right.")
    return None


def why_not_quantity(quantity: int) -> str | None:
    if not 0 < quantity <= LARGEST:
        return _("Write a number from 1 to %(most)s.") % {"most": formats.number(LARGEST)}
    return None


def why_not_subject(*, known: bool) -> str | None:
    if not known:
        return _(
            "Write the code of the lot or the number of the order, as it stands on the goods or the paper."
        )
    return None


def why_not_one_more(open_by_phone: int) -> str | None:
    if open_by_phone >= MOST_OPEN_A_PHONE:
        return _("Three complaints with this phone number are still open. Please wait for their answer.")
    return None


def why_not_touch(complaint: "Complaint") -> str | None:
    if not complaint.is_open:
        return _("This complaint is closed.")
    return None


def why_not_remedy(
    complaint: "Complaint", kind: str, quantity: int, *, rupiah: int, reason: str
) -> str | None:
    """The reason why so many pieces cannot be settled so, or None: never more than are still open."""
    if wrong := why_not_touch(complaint):
        return wrong
    if kind not in OF_PIECES:
        return _("Choose whether they are replaced, refunded, or nothing is to it.")
    if not 0 < quantity <= complaint.open_quantity:
        return _("Of %(all)s pieces %(open)s are still open: write a number up to that.") % {
            "all": formats.number(complaint.quantity),
            "open": formats.number(complaint.open_quantity),
        }
    if (kind == RemedyKind.REFUNDED) != (rupiah > 0):
        return _("Write the money of a refund, and only there.")
    if rupiah > LARGEST_RUPIAH:
        return _("At most %(most)s.") % {"most": formats.rupiah(LARGEST_RUPIAH)}
    return why_not_reason(reason)


def why_not_reason(reason: str) -> str | None:
    if len(reason.split()) < 2:
        return _("Write the reason in a sentence.")
    return None


def why_not_answer(complaint: "Complaint", answer: str) -> str | None:
    if complaint.answered_at is not None:
        return _("The first answer was given already, %(day)s.") % {"day": formats.day(complaint.answered_at)}
    return why_not_touch(complaint) or why_not_words(answer)


def why_not_close(complaint: "Complaint", *, by: str) -> str | None:
    """The reason why this person cannot close it now, or None."""
    if wrong := why_not_touch(complaint):
        return wrong
    if complaint.open_quantity:
        return _("%(open)s pieces are still open: settle them first.") % {
            "open": formats.number(complaint.open_quantity)
        }
    if complaint.answered_at is None:
        return _("Give the first answer before you close it.")
    if complaint.received_by == by:
        return _("Somebody else than who wrote it down closes it.")
    return None


def is_late(complaint: "Complaint") -> bool:
    """Whether nobody has answered until the end of the last day."""
    return complaint.is_open and complaint.answered_at is None and clock.today() > complaint.due_on


def state_of(complaint: "Complaint") -> tuple[str, str]:
    """The glyph and the word."""
    if not complaint.is_open:
        return "done", _("Closed")
    if is_late(complaint):
        return "lapsed", _("Past its day")
    if complaint.answered_at is None:
        return "offered", _("Waiting for the first answer")
    return "working", _("Being put right")


def sums_of(complaint: "Complaint") -> list[tuple[str, int]]:
    return [
        (_("Complained of"), complaint.quantity),
        (str(RemedyKind.REPLACED.label), complaint.replaced_quantity),
        (str(RemedyKind.REFUNDED.label), complaint.refunded_quantity),
        (str(RemedyKind.DISMISSED.label), complaint.dismissed_quantity),
        (pgettext("complaint", "Still open"), complaint.open_quantity),
    ]


def answer_message(*, addressed: str, code: str, address: str, office: str, language: str) -> str:
    """To who complained: there is something to read."""
    with override(language):
        first = _("%(addressed)s, there is an answer to your complaint %(code)s. It stands here:") % {
            "addressed": one_line(addressed),
            "code": code,
        }
        return "\n".join([first, address, marking.marked(one_line(office))])


def wrong_due() -> str:
    return _("Choose an entry of one of the makers behind this complaint.")
