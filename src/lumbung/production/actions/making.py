"""Telling what was made: each entry arrives once, and never above the share.

An attempt to tell more than the share is refused, and counted as a record all the same. So its record is left in
a transaction of its own, and whoever calls wraps none around: the entry's key makes sending twice harmless.
"""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.orders.models import Share
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import share_for_answer
from lumbung.production.choices import MADE_CORRECTED, MADE_TOLD, OVER_SHARE
from lumbung.production.models import Made, Making, Part, Standard
from lumbung.production.queries import making as queries
from lumbung.production.queries import parts, standards
from lumbung.production.rules import making as rules
from lumbung.records.actions import leave_record


def tell_made(
    *, share: Share, quantity: int, made_on: date, entry_key: str, part: Part | None = None, by: str
) -> Made:
    """Pieces that were made on a day, of the whole share or of a member's part; sent twice it is one entry."""
    with transaction.atomic():
        share, standard, making = _opened(share)
        if known := queries.entry_with_key(share, entry_key):
            return _same(known, quantity=quantity, made_on=made_on, part=part)
        refuse(
            rules.why_not_tell(share, standard, making, made_on=made_on, today=clock.today()), field="made_on"
        )
        refuse(rules.why_not_quantity(quantity, corrects=False), field="quantity")
        assert making is not None and standard is not None, "asked above"
        if part is not None:
            refuse(rules.why_not_part(share, part, is_corrected=parts.is_corrected(part)))
        over = _why_too_many(share, making, part, quantity=quantity, before=0)
        if over is None:
            entry = _entry(share, standard, part, quantity, made_on, entry_key, None, by=by)
            _add_up(making)
            leave_record(subject=share.key, deed=MADE_TOLD, by=by, content=_told(share, entry, making))
            return entry
        _note_attempt(share, making, part, quantity=quantity, made_on=made_on, by=by)
    raise Refused(over, field="quantity")


def correct_made(*, entry: Made, quantity: int, entry_key: str, by: str) -> Made:
    """A new entry that stands for the old one: of the same day and member, with the right number; 0 takes it back."""
    with transaction.atomic():
        share, standard, making = _opened(entry.share)
        if known := queries.entry_with_key(share, entry_key):
            return _same(known, quantity=quantity, made_on=entry.made_on, part=known.part)
        refuse(rules.why_not_correct(entry, is_corrected=queries.is_corrected(entry)))
        refuse(
            rules.why_not_tell(share, standard, making, made_on=entry.made_on, today=clock.today()),
        )
        refuse(rules.why_not_quantity(quantity, corrects=True), field="quantity")
        assert making is not None, "asked above"
        over = _why_too_many(share, making, _part_now(entry), quantity=quantity, before=entry.quantity)
        if over is None:
            newer = _entry(
                share, entry.standard, entry.part, quantity, entry.made_on, entry_key, entry, by=by
            )
            _add_up(making)
            content = _told(share, newer, making) | {"before": entry.quantity}
            leave_record(subject=share.key, deed=MADE_CORRECTED, by=by, content=content)
            return newer
        _note_attempt(share, making, entry.part, quantity=quantity, made_on=entry.made_on, by=by)
    raise Refused(over, field="quantity")


def _opened(share: Share) -> tuple[Share, Standard | None, Making | None]:
    """The share with its standard and making, read again under the line's lock."""
    line = locked_line(share.line_id)
    share = share_for_answer(share.pk)
    return share, standards.standard_of(line), standards.making_of(share)


def _same(known: Made, *, quantity: int, made_on: date, part: Part | None) -> Made:
    """The entry that came before under this key; another content under it is another entry and refused."""
    if (known.quantity, known.made_on, known.part_id) != (quantity, made_on, part.pk if part else None):
        raise Refused(_("This entry arrived already, with other numbers. Please write it anew."))
    return known


def _part_now(entry: Made) -> Part | None:
    """What the member of an entry has today."""
    return parts.part_of_member(entry.share, entry.part.person_id) if entry.part else None


def _why_too_many(
    share: Share, making: Making, part: Part | None, *, quantity: int, before: int
) -> str | None:
    """Why so many are above the share, or above the member's part; `before` is what the entry said until now."""
    if reason := rules.why_not_over(share, quantity=quantity, made=making.made_quantity - before):
        return reason
    if part is None:
        return None
    made = parts.made_by_member(share, part.person_id) - before
    return rules.why_not_over_part(part, quantity=quantity, made=made)


def _entry(
    share: Share,
    standard: Standard,
    part: Part | None,
    quantity: int,
    made_on: date,
    entry_key: str,
    corrects: Made | None,
    *,
    by: str,
) -> Made:
    return Made.objects.create(
        share=share,
        part=part,
        standard=standard,
        made_on=made_on,
        quantity=quantity,
        entered_at=clock.now(),
        entered_by=by,
        entry_key=entry_key,
        corrects=corrects,
    )


def _add_up(making: Making) -> None:
    """Let the sums follow the entries as they stand."""
    days = list(
        Made.objects.filter(share=making.pk, correction__isnull=True, quantity__gt=0)
        .order_by("made_on")
        .values_list("made_on")
        .annotate(total=Sum("quantity"))
    )
    making.made_quantity = sum(total for _day, total in days)
    making.squares = sum(total * total for _day, total in days)
    making.last_made_on = days[-1][0] if days else None
    making.save(update_fields=["made_quantity", "squares", "last_made_on"])


def _told(share: Share, entry: Made, making: Making) -> dict[str, object]:
    return {
        "share": share.pk,
        "maker": share.maker.key,
        "entry": entry.pk,
        "person": entry.part.person.key if entry.part else None,
        "made_on": entry.made_on.isoformat(),
        "quantity": entry.quantity,
        "corrects": entry.corrects_id,
        "made": making.made_quantity,
        "held": share.held_quantity,
    }


def _note_attempt(
    share: Share, making: Making, part: Part | None, *, quantity: int, made_on: date, by: str
) -> None:
    content = {
        "share": share.pk,
        "maker": share.maker.key,
        "person": part.person.key if part else None,
        "made_on": made_on.isoformat(),
        "quantity": quantity,
        "made": making.made_quantity,
        "held": share.held_quantity,
    }
    making.attempts_above += 1
    making.save(update_fields=["attempts_above"])
    leave_record(subject=share.key, deed=OVER_SHARE, by=by, content=content)
