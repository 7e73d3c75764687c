"""Showing a record first to its maker, remarks and their answers, flags and their decisions, writing to the idle."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import refuse
from foundation.work import Progress, work
from lumbung.makers.models import GoodsKind, Maker
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest
from lumbung.scorecards import choices, rules
from lumbung.scorecards.models import Asked, Flag, Remark, Shown
from lumbung.scorecards.queries import own_records_of
from lumbung.scorecards.queries import records as records_queries
from lumbung.scorecards.queries import watch as watch_queries
from lumbung.scorecards.rules import Sign

WATCH = "scorecards.watch"
SLICE = 100

# The record, first to its maker


def note_shown(*, maker: Maker, through: str, by: str) -> Shown:
    """The maker has read the own record: what stood there is kept, and the office reads it from now on."""
    with transaction.atomic():
        Maker.objects.select_for_update().get(pk=maker.pk)
        numbers = {row.kind.pk: rules.numbers_of(row.record) for row in own_records_of(maker)}
        newest = records_queries.showings_of(maker).first()
        if newest and newest.numbers == numbers and newest.shown_by == by:
            return newest
        shown = Shown.objects.create(
            maker=maker, through=through, numbers=numbers, shown_at=clock.now(), shown_by=by
        )
        content = {"through": str(through), "numbers": numbers}
        leave_record(subject=maker.key, deed=choices.RECORD_SHOWN, by=by, content=content)
    return shown


def make_remark(
    *, maker: Maker, kind: GoodsKind, about: str, words: str, by: str, is_demo: bool = False
) -> Remark:
    """The maker says that a number is wrong; it stands beside the number from now on."""
    with transaction.atomic():
        Maker.objects.select_for_update().get(pk=maker.pk)
        is_open = records_queries.has_open_remark(maker, kind.pk, about)
        refuse(rules.why_not_remark(words, is_open=is_open), field="words")
        records = {row.kind.pk: row.record for row in own_records_of(maker)}
        numbers = rules.numbers_of(records[kind.pk]) if kind.pk in records else {}
        remark = Remark.objects.create(
            maker=maker,
            kind=kind,
            about=about,
            words=words.strip(),
            numbers=numbers,
            made_at=clock.now(),
            made_by=by,
            is_demo=is_demo,
        )
        digest = salted_digest(maker.owner.salt, remark.words)
        content = {"remark": remark.pk, "kind": kind.pk, "about": str(about), "words": digest}
        leave_record(subject=maker.key, deed=choices.REMARK_MADE, by=by, content=content)
    return remark


def answer_remark(*, remark: Remark, outcome: str, reason: str, by: str) -> Remark:
    """An officer says with a reason whether the number is corrected, noted or stands."""
    with transaction.atomic():
        remark = records_queries.locked_remark(remark.pk)
        refuse(rules.why_not_answer_remark(remark, reason=reason), field="reason")
        remark.outcome, remark.reason = outcome, reason.strip()
        remark.answered_at, remark.answered_by = clock.now(), by
        remark.save(update_fields=["outcome", "reason", "answered_at", "answered_by"])
        digest = salted_digest(remark.maker.owner.salt, remark.reason)
        content = {"remark": remark.pk, "outcome": str(outcome), "reason": digest}
        leave_record(subject=remark.maker.key, deed=choices.REMARK_ANSWERED, by=by, content=content)
    return remark


# The watch


def look_at(makers: Collection[int], *, by: str) -> list[Flag]:
    """Look at the deliveries of these makers; the flags that are new."""
    found: list[Flag] = []
    wanted = sorted(set(makers))
    for start in range(0, len(wanted), SLICE):
        found += raise_flags(watch_queries.signs_of(wanted[start : start + SLICE]), by=by)
    return found


def look_at_accounts(owners: Iterable[str] | None = None, *, by: str) -> list[Flag]:
    """Look for accounts that several makers share: those of these parties, or all."""
    return raise_flags(watch_queries.account_signs(owners), by=by)


def raise_flags(signs: Iterable[Sign], *, by: str) -> list[Flag]:
    """Put what looks odd before a person. The same evidence is asked about once, whoever finds it again."""
    found = (_raised(sign, by=by) for sign in signs)
    return [flag for flag in found if flag]


def _raised(sign: Sign, *, by: str) -> Flag | None:
    with transaction.atomic():
        is_demo = not Maker.objects.filter(pk__in=sign.makers, is_demo=False).exists()
        flag, new = Flag.objects.get_or_create(
            kind=sign.kind,
            evidence_key=sign.evidence,
            defaults={
                "numbers": dict(sign.numbers),
                "found_at": clock.now(),
                "found_by": by,
                "is_demo": is_demo,
            },
        )
        if not new:
            return None
        flag.makers.set(sign.makers)
        content = {"kind": str(sign.kind), "makers": [f"maker:{pk}" for pk in sign.makers]}
        leave_record(subject=flag.key, deed=choices.FLAG_RAISED, by=by, content=content)
    return flag


def decide_flag(*, flag: Flag, decision: str, reason: str, by: str) -> Flag:
    """A person says what is to it. Nothing else follows from it: no share, no turn, no payment depends on a flag."""
    with transaction.atomic():
        flag = watch_queries.locked_flag(flag.pk)
        refuse(rules.why_not_decide(flag, reason=reason), field="reason")
        flag.decision, flag.reason = decision, reason.strip()
        flag.decided_at, flag.decided_by = clock.now(), by
        flag.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
        content = {"decision": str(decision), "reason": flag.reason}
        leave_record(subject=flag.key, deed=choices.FLAG_DECIDED, by=by, content=content)
    return flag


@work(WATCH)
def look_at_everybody(progress: Progress) -> str:
    """Look at all deliveries of the window, away from the request; twice does no harm."""
    makers = watch_queries.makers_to_watch()
    for start in range(0, len(makers), SLICE):
        progress.say(start, len(makers), _("Looking at deliveries"))
        look_at(makers[start : start + SLICE], by=progress.by)
    look_at_accounts(by=progress.by)
    return reverse("scorecards:flags")


# Makers without work


def note_asked(*, maker: Maker, by: str) -> Asked:
    """The office writes to a maker without work; others see since when."""
    with transaction.atomic():
        asked = Asked.objects.create(maker=maker, asked_at=clock.now(), asked_by=by)
        leave_record(subject=maker.key, deed=choices.MAKER_ASKED, by=by, content={})
    return asked
