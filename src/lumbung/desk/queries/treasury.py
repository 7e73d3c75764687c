"""What waits for the treasurer: pay-days, payees without an account, lines of the bank, claims."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock, formats
from lumbung.banking.models import StatementLine
from lumbung.desk.rules import Task, oldest_first
from lumbung.money.choices import DelayHolder, MoneyState
from lumbung.money.models import Account, Allocation, Claim, Standing
from lumbung.money.queries import words_of

MOST_PAYEES = 500
"""So many shares without an account are looked at; each is one to pay."""


def for_treasurer() -> Iterator[Task]:
    """At most five queries, one for each kind of thing and one for a name."""
    yield from _pay_days()
    yield from _without_account()
    yield from _unmatched()
    yield from _claims()


def _pay_days() -> Iterator[Task]:
    """What is late by its first day, with whom it waits, and what was promised for today."""
    today = clock.today()
    late = Q(pay_on__lt=today)
    of_today = Q(promised_on=today) | Q(promised_on__isnull=True, pay_on=today)
    rows = list(
        Standing.objects.filter(late | of_today, open_rupiah__gt=0)
        .order_by()
        .values("held_by")
        .annotate(
            late=Count("pk", filter=late),
            late_rupiah=Sum("open_rupiah", filter=late),
            first=Min("pay_on", filter=late),
            today=Count("pk", filter=of_today),
            today_rupiah=Sum("open_rupiah", filter=of_today),
        )
    )
    if count := sum(row["late"] for row in rows):
        held = {row["held_by"]: row["late"] for row in rows if row["late"]}
        first = min(row["first"] for row in rows if row["first"])
        yield _late(count, sum(row["late_rupiah"] or 0 for row in rows), first, held)
    if count := sum(row["today"] for row in rows):
        yield Task(
            number=count,
            words=ngettext("payment promised for today", "payments promised for today", count),
            sentence=_("%(rupiah)s together.")
            % {"rupiah": formats.rupiah(sum(row["today_rupiah"] or 0 for row in rows))},
            action=_("See payments"),
            url=f"{reverse('money:list')}?sort=day",
        )


def _late(count: int, rupiah: int, first: date, held: dict[str, int]) -> Task:
    told = _("%(rupiah)s together, the first since %(day)s.") % {
        "rupiah": formats.rupiah(rupiah),
        "day": formats.day_long(first),
    }
    known = [
        f"{holder.label} {formats.number(held[holder.value])}"
        for holder in DelayHolder
        if held.get(holder.value)
    ]
    if held.get(""):
        known.append(_("not said %(count)s") % {"count": formats.number(held[""])})
    waits = _("Waits with: %(holders)s.") % {"holders": ", ".join(known)}
    return Task(
        number=count,
        words=ngettext("payment late", "payments late", count),
        sentence=f"{told} {waits}",
        action=_("See payments"),
        url=f"{reverse('money:list')}?state={MoneyState.LATE}",
        is_late=True,
    )


def _without_account() -> Iterator[Task]:
    """Open shares whose payee has no account that two people know: nothing can be transferred."""
    sure = Account.objects.filter(owner=OuterRef("payee"), ended_at__isnull=True, confirmed_at__isnull=False)
    rows = Standing.objects.filter(~Exists(sure), open_rupiah__gt=0).order_by("pay_on", "pk")
    found = list(rows.values_list("payee", flat=True)[:MOST_PAYEES])
    if found:
        first, count = found[0], len(set(found))
        yield Task(
            number=count,
            words=ngettext("payee without a confirmed account", "payees without a confirmed account", count),
            sentence=oldest_first(_("%(name)s.") % {"name": words_of([first])[first]}, count),
            action=_("See the account"),
            url=reverse("money:party", args=[first]),
        )


def _unmatched() -> Iterator[Task]:
    """Money that left the bank and of which nobody has said yet what it paid."""
    rows = StatementLine.objects.filter(row__isnull=True).order_by()
    told = rows.aggregate(
        count=Count("pk"), rupiah=Sum("amount_rupiah"), first=Min("statement"), since=Min("booked_on"),
        statements=Count("statement", distinct=True),
    )  # fmt: skip
    if count := told["count"]:
        one = told["statements"] == 1
        yield Task(
            number=count,
            words=ngettext("line of the bank not matched", "lines of the bank not matched", count),
            sentence=_("%(rupiah)s together, the first of %(day)s.")
            % {"rupiah": formats.rupiah(told["rupiah"]), "day": formats.day_long(told["since"])},
            action=_("Match them"),
            url=reverse("banking:statement", args=[told["first"]]) if one else reverse("banking:statements"),
        )


def _claims() -> Iterator[Task]:
    """Claims that take the next payment: of shares with something open, and not paid to the end."""
    paid = Allocation.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    owed = Standing.objects.filter(share=OuterRef("share"), open_rupiah__gt=0)
    rows = Claim.objects.filter(Exists(owed), ended_at__isnull=True).annotate(
        left=F("confirmed_rupiah") - Coalesce(Subquery(paid.values(sum=Sum("amount_rupiah"))), 0)
    )
    told = rows.filter(left__gt=0).aggregate(count=Count("pk"), rupiah=Sum("left"))
    if count := told["count"]:
        yield Task(
            number=count,
            words=ngettext("claim goes before the makers", "claims go before the makers", count),
            sentence=_("%(rupiah)s are still open of advances, material and loans.")
            % {"rupiah": formats.rupiah(told["rupiah"])},
            action=_("See claims"),
            url=reverse("money:claims"),
        )
