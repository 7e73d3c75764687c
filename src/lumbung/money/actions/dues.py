"""Raising what is owed, correcting it, promising a day for it, telling with whom it waits."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.money import queries, rules
from lumbung.money.actions.standing import locked, opened, sum_up
from lumbung.money.choices import (
    DELAY_TOLD,
    DUE_CORRECTED,
    DUE_RAISED,
    INSTALMENTS_PROMISED,
    PAY_DAY_PROMISED,
    DelayHolder,
    DueKind,
    Supply,
)
from lumbung.money.models import Delay, Due, PayDay, Standing, TaxRule
from lumbung.records.actions import leave_record


def raise_due(
    *,
    cause: str,
    kind: DueKind,
    share: str,
    payee: str,
    payer: str,
    amount_rupiah: int,
    by: str,
    pay_on: date | None = None,
    line: str = "",
    order: str = "",
    supply: Supply | None = None,
    reason: str = "",
    is_demo: bool = False,
) -> Due:
    """Something is owed to a payee of a share; the same cause again does nothing and gives what was raised then.

    What lowers a debt is negative. `pay_on` may be left out where something of the share was owed before. With
    `supply`, confirmed tax rules that apply are withheld at once, as entries of their own.
    """
    refuse(rules.why_not_due(kind, amount_rupiah), field="amount_rupiah")
    with transaction.atomic():
        if known := Due.objects.filter(kind=kind, cause=cause).first():
            return known
        if pay_on is None and (before := queries.standing_of(share)):
            pay_on = before.pay_on
        if pay_on is None:
            raise Refused(_("Promise a pay-day: nothing was owed for this share before."), field="pay_on")
        standing = opened(
            share=share, line=line, order=order, payee=payee, payer=payer, pay_on=pay_on, is_demo=is_demo
        )
        if known := Due.objects.filter(kind=kind, cause=cause).first():
            return known
        due = _entry(standing, kind, cause, amount_rupiah, by=by, pay_on=pay_on, reason=reason)
        withheld = _withhold(standing, due, supply, by=by) if supply and amount_rupiah > 0 else []
        sum_up(standing)
        leave_record(subject=share, deed=DUE_RAISED, by=by, content=_told(due, withheld))
    return due


def give_advance(*, share: str, amount_rupiah: int, pay_on: date, reason: str, cause: str, by: str) -> Due:
    """Money before anything is earned: between whom it is, the room above knows that has the share."""
    found = queries.between(share)
    if found is None:
        raise Refused(rules.why_nobody_holds(), field="share")
    with transaction.atomic():
        if known := Due.objects.filter(kind=DueKind.ADVANCE, cause=cause).first():
            return known
        standing = opened(
            share=share,
            line=found.line,
            order=found.order,
            payee=found.payee,
            payer=found.payer,
            pay_on=pay_on,
            is_demo=found.is_demo,
        )
        reason_not = rules.why_not_advance(amount_rupiah, worth=found.worth_rupiah, owed=standing.due_rupiah)
        refuse(reason_not, field="amount_rupiah")
        return raise_due(
            cause=cause,
            kind=DueKind.ADVANCE,
            share=share,
            payee=found.payee,
            payer=found.payer,
            line=found.line,
            order=found.order,
            is_demo=found.is_demo,
            amount_rupiah=amount_rupiah,
            pay_on=pay_on,
            reason=reason,
            by=by,
        )


def _entry(
    standing: Standing,
    kind: DueKind,
    cause: str,
    amount: int,
    *,
    by: str,
    pay_on: date,
    reason: str = "",
    corrects: Due | None = None,
    tax_rule: TaxRule | None = None,
) -> Due:
    return Due.objects.create(
        share=standing.share,
        line=standing.line,
        order=standing.order,
        payee=standing.payee,
        payer=standing.payer,
        kind=kind,
        cause=cause,
        amount_rupiah=amount,
        reason=" ".join(reason.split())[:200],
        corrects=corrects,
        tax_rule=tax_rule,
        pay_on=pay_on,
        raised_by=by,
        is_demo=standing.is_demo,
    )


def _withhold(standing: Standing, due: Due, supply: Supply, *, by: str) -> list[Due]:
    applying = queries.withheld_for(
        supply=supply,
        payee=due.payee,
        payer=due.payer,
        amount=due.amount_rupiah,
        on=clock.today(),
    )
    return [
        _entry(
            standing,
            DueKind.TAX_WITHHELD,
            f"{due.kind}|{due.cause}|{rule.pk}"[:160],
            -taken,
            by=by,
            pay_on=due.pay_on,
            corrects=due,
            tax_rule=rule,
        )
        for rule, taken in applying
    ]


def _told(due: Due, withheld: Sequence[Due]) -> dict[str, object]:
    return {
        "due": due.pk,
        "kind": str(due.kind),
        "cause": due.cause,
        "amount": due.amount_rupiah,
        "payee": due.payee,
        "payer": due.payer,
        "pay_on": due.pay_on.isoformat(),
        "withheld": -sum(tax.amount_rupiah for tax in withheld),
    }


def correct_due(*, due: Due, right_rupiah: int, reason: str, by: str) -> Due:
    """What an entry should have been: the difference is a new entry that points at it, and so is that of its tax."""
    with transaction.atomic():
        standing = locked(due.share)
        due = Due.objects.get(pk=due.pk)
        own = due.corrections.filter(kind=DueKind.CORRECTION)
        corrected = own.aggregate(sum=Sum("amount_rupiah"))["sum"] or 0
        amount = due.amount_rupiah + corrected
        refuse(rules.why_not_correct(due.kind, amount=amount, right=right_rupiah, reason=reason))
        cause = f"due:{due.pk}/{own.count() + 1}"
        entry = _entry(
            standing,
            DueKind.CORRECTION,
            cause,
            right_rupiah - amount,
            by=by,
            pay_on=due.pay_on,
            reason=reason,
            corrects=due,
        )
        taxed = _correct_taxes(standing, due, right_rupiah, cause, by=by)
        sum_up(standing)
        content = _told(entry, ()) | {"corrects": due.pk, "right": right_rupiah, "reason": entry.reason}
        content["withheld"] = -sum(tax.amount_rupiah for tax in taxed)
        leave_record(subject=due.share, deed=DUE_CORRECTED, by=by, content=content)
    return entry


def _correct_taxes(standing: Standing, due: Due, right: int, cause: str, *, by: str) -> list[Due]:
    """What was withheld of the entry follows its right amount, by the rules that applied then."""
    taken: dict[int, list[Due]] = {}
    for tax in due.corrections.filter(kind=DueKind.TAX_WITHHELD).select_related("tax_rule").order_by("pk"):
        taken.setdefault(tax.tax_rule_id or 0, []).append(tax)
    entries = []
    for number, before in taken.items():
        rule = before[0].tax_rule
        if rule is None:
            continue
        right_tax = rules.withheld(rule, right) if right > rule.threshold_rupiah else 0
        difference = -right_tax - sum(tax.amount_rupiah for tax in before)
        if difference:
            entries.append(
                _entry(
                    standing,
                    DueKind.TAX_WITHHELD,
                    f"{cause}|{number}",
                    difference,
                    by=by,
                    pay_on=due.pay_on,
                    corrects=due,
                    tax_rule=rule,
                )
            )
    return entries


def promise_pay_day(*, share: str, pay_on: date, by: str, reason: str = "") -> PayDay:
    """A new day is promised for what is open; how late it is still counts from the first one."""
    with transaction.atomic():
        standing = locked(share)
        refuse(
            rules.why_not_promise(pay_on, open_rupiah=standing.open_rupiah, today=clock.today()),
            field="pay_on",
        )
        promise = PayDay.objects.create(
            share=share, pay_on=pay_on, reason=" ".join(reason.split())[:200], promised_by=by
        )
        standing.promised_on = pay_on
        standing.save(update_fields=["promised_on"])
        content = {"pay_on": pay_on.isoformat(), "first": standing.pay_on.isoformat()}
        leave_record(subject=share, deed=PAY_DAY_PROMISED, by=by, content=content)
    return promise


def promise_instalments(*, share: str, parts: Sequence[tuple[date, int]], by: str) -> list[Due]:
    """What is open is paid in parts, each on its day: the open entries are set off, and the parts are owed instead."""
    with transaction.atomic():
        standing = locked(share)
        refuse(
            rules.why_not_instalments(parts, open_rupiah=standing.open_rupiah, today=clock.today()),
            field="parts",
        )
        rows = queries.due_rows(queries.dues_of(share))
        open_ = rules.open_of(rows, queries.paid_by_due(share))
        known = {due.pk: due for due in queries.dues_of(share)}
        number = Due.objects.filter(share=share, kind=DueKind.INSTALMENT).count()
        for pk, amount in open_.items():
            if amount > 0:
                number += 1
                old = known[pk]
                _entry(
                    standing,
                    DueKind.INSTALMENT,
                    f"{share}/{number}",
                    -amount,
                    by=by,
                    pay_on=old.pay_on,
                    corrects=old,
                )
        entries = [
            _entry(standing, DueKind.INSTALMENT, f"{share}/{number + place}", amount, by=by, pay_on=day)
            for place, (day, amount) in enumerate(parts, start=1)
        ]
        sum_up(standing)
        told = [{"pay_on": day.isoformat(), "amount": amount} for day, amount in parts]
        leave_record(subject=share, deed=INSTALMENTS_PROMISED, by=by, content={"parts": told})
    return entries


def tell_delay(*, share: str, holder: DelayHolder, since: date, reason: str, by: str) -> Delay:
    """With whom a share's payment waits from a day on, and why; with nobody any more, when the way is free."""
    refuse(rules.why_not_delay(since=since, reason=reason, today=clock.today()), field="reason")
    with transaction.atomic():
        standing = locked(share)
        delay = Delay.objects.create(
            share=share, holder=holder, since=since, reason=" ".join(reason.split())[:200], told_by=by
        )
        standing.held_by = "" if holder == DelayHolder.NOBODY else holder
        standing.save(update_fields=["held_by"])
        content = {"holder": str(holder), "since": since.isoformat(), "reason": delay.reason}
        leave_record(subject=share, deed=DELAY_TOLD, by=by, content=content)
    return delay
