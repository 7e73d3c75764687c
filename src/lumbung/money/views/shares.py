"""One share's money: every number with its rows, and what is done with it."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.access import require, signed_in
from foundation.answering import answer
from foundation.forms import LookForm
from foundation.once import FIELD, new_token
from lumbung.money import actions, queries, rules
from lumbung.money.choices import DelayHolder, DueKind, Receiver
from lumbung.money.forms import (
    AdvanceForm,
    ClaimForm,
    CorrectDueForm,
    DelayForm,
    EntryForm,
    InstalmentsForm,
    PromiseForm,
    ReasonForm,
)
from lumbung.money.models import Claim, Due, PriceSheet, Standing
from lumbung.money.views.finding import by, standing_seen
from lumbung.organisations.models import Party

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in
def show_share(request: HttpRequest, share: str) -> HttpResponse:
    """What a share stands at, and the rows behind each number."""
    standing = standing_seen(request, share)
    dues = list(queries.dues_of(share))
    paid, claims = queries.paid_by_due(share), list(queries.claims_of(share))
    open_ = rules.open_of(queries.due_rows(dues), paid)
    of_claims = queries.paid_by_claim(claims)
    parts, entitled = list(queries.payments_of(share)), queries.entitled_now(standing)
    keys = {standing.share, standing.order, standing.line, standing.payee, standing.payer}
    keys |= {claim.holder for claim in claims} | {part.payment.payee for part in parts}
    names = queries.named(keys)
    state = rules.state_of(standing.open_rupiah, standing.pay_on, today=clock.today())
    context = {
        "standing": standing,
        "names": names,
        "share": names[standing.share],
        "order": names.get(standing.order),
        "payee": names[standing.payee],
        "payer": names[standing.payer],
        "look": rules.STATE_LOOKS[state],
        "state": state.label,
        "dues": [(due, open_[due.pk], paid.get(due.pk, 0)) for due in dues],
        "parts": [(part, names[part.payment.payee]) for part in parts],
        "claims": [(claim, names[claim.holder], of_claims.get(claim.pk, 0)) for claim in claims],
        "entitled": [(one, names[one.holder]) for one in entitled],
        "delays": queries.delays_of(share)[:20],
        "bars": bars_of(queries.priced_at(standing.line, clock.now())) if standing.line else None,
        "keeps": queries.may_keep_money(request.user),
        "sees_accounts": queries.sees_accounts(request.user, standing.payee),
    }
    return render(request, "money/share.html", context)


def bars_of(sheet: PriceSheet | None) -> dict[str, Any] | None:
    """A price sheet as it is drawn."""
    if sheet is None:
        return None
    parts = [(row.called, row.rupiah, row.receiver == Receiver.MAKER) for row in sheet.rows.all()]
    return {"sheet": sheet, "rows": rules.bars(sheet.buyer_rupiah, parts)}


def _ask(
    request: HttpRequest,
    standing: Standing,
    form: LookForm,
    deed: Callable[[], object],
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    """A form about a share: do its deed and go back to the share's page, or show the form."""

    def do() -> str:
        deed()
        return standing.get_absolute_url()

    names = queries.words_of([standing.share, standing.payee])
    context = {
        "form": form,
        "standing": standing,
        "share": names[standing.share],
        "payee": names[standing.payee],
        "title": title,
        "lead": lead,
        "button": button,
    }
    return answer(request, form, do, done=done) or render(request, "money/ask.html", context)


def _cause(request: HttpRequest) -> str:
    """An entry by hand is known again by the form that was sent."""
    token = request.POST.get(FIELD) or new_token()
    return f"hand:{hashlib.sha256(token.encode()).hexdigest()[:32]}"


@page
@require(queries.may_keep_money)
def first_advance(request: HttpRequest) -> HttpResponse:
    """Money before anything is earned: the share is found by the name of its maker."""
    form = AdvanceForm(request.POST or None, initial={"pay_on": clock.today()})

    def do() -> str:
        given = form.cleaned_data
        due = actions.give_advance(
            **given | {"share": given["share"].key}, cause=_cause(request), by=by(request)
        )
        return reverse("money:share", args=[due.share])

    done = _("The advance stands.")
    return answer(request, form, do, done=done) or render(request, "money/first_advance.html", {"form": form})


@page
@require(queries.may_keep_money)
def add_entry(request: HttpRequest, share: str) -> HttpResponse:
    """An advance, a retention, a credit or a fee, by hand."""
    standing = standing_seen(request, share)
    form = EntryForm(request.POST or None, initial={"pay_on": standing.pay_on})

    def deed() -> Due:
        given = form.cleaned_data
        return actions.raise_due(
            cause=_cause(request),
            kind=DueKind(given["kind"]),
            share=share,
            payee=standing.payee,
            payer=standing.payer,
            amount_rupiah=form.signed,
            pay_on=given["pay_on"],
            reason=given["reason"],
            by=by(request),
        )

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("Add an entry"),
        lead=_(
            "An advance, a retention, a credit for rework or a fee. What is earned comes from deliveries."
        ),
        button=_("Add"),
        done=_("The entry stands."),
    )


@page
@require(queries.may_keep_money)
def correct_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What an entry should have been."""
    due = get_object_or_404(Due, pk=pk)
    standing = standing_seen(request, due.share)
    form = CorrectDueForm(request.POST or None, initial={"right_rupiah": due.amount_rupiah})

    def deed() -> Due:
        return actions.correct_due(due=due, **form.cleaned_data, by=by(request))

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("Correct an entry"),
        lead=_("The entry stays; a new one points at it and makes the difference."),
        button=_("Correct"),
        done=_("The correction stands."),
    )


@page
@require(queries.may_keep_money)
def promise(request: HttpRequest, share: str) -> HttpResponse:
    """A new pay-day."""
    standing = standing_seen(request, share)
    form = PromiseForm(request.POST or None)

    def deed() -> object:
        return actions.promise_pay_day(share=share, **form.cleaned_data, by=by(request))

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("Promise a pay-day"),
        lead=_("How late the payment is still counts from the first pay-day."),
        button=_("Promise"),
        done=_("The promise stands."),
    )


@page
@require(queries.may_keep_money)
def instalments(request: HttpRequest, share: str) -> HttpResponse:
    """What is open is paid in parts."""
    standing = standing_seen(request, share)
    form = InstalmentsForm(request.POST or None)

    def deed() -> object:
        return actions.promise_instalments(share=share, parts=form.parts(), by=by(request))

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("Pay in instalments"),
        lead=_("Agreed with the payee: two to four days, whose amounts are together exactly what is open."),
        button=_("Promise"),
        done=_("The instalments stand."),
    )


@page
@require(queries.may_keep_money)
def delay(request: HttpRequest, share: str) -> HttpResponse:
    """With whom the payment waits."""
    standing = standing_seen(request, share)
    form = DelayForm(request.POST or None, initial={"since": clock.today()})

    def deed() -> object:
        given = {**form.cleaned_data, "holder": DelayHolder(form.cleaned_data["holder"])}
        return actions.tell_delay(share=share, **given, by=by(request))

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("Who holds the payment up?"),
        lead=_("The payee reads it. When the way is free again, choose nobody."),
        button=_("Tell"),
        done=_("It is told."),
    )


@page
@require(queries.may_keep_money)
def new_claim(request: HttpRequest, share: str) -> HttpResponse:
    """Somebody's claim on the share's payment."""
    standing = standing_seen(request, share)
    form = ClaimForm(request.POST or None)

    def deed() -> Claim:
        given = dict(form.cleaned_data)
        holder: Party = given.pop("holder")
        return actions.register_claim(share=share, holder=holder.key, **given, by=by(request))

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("Register a claim"),
        lead=_(
            "It is paid before the maker, behind the claims that stand already. The maker confirmed the amount."
        ),
        button=_("Register"),
        done=_("The claim stands."),
    )


@page
@require(queries.may_keep_money)
def close_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim takes nothing any more."""
    claim = get_object_or_404(Claim, pk=pk)
    standing = standing_seen(request, claim.share)
    form = ReasonForm(request.POST or None)

    def deed() -> Claim:
        return actions.end_claim(claim=claim, reason=form.cleaned_data["reason"], by=by(request))

    return _ask(
        request,
        standing,
        form,
        deed,
        title=_("End a claim"),
        lead=_("It takes nothing any more. What it was paid stays paid."),
        button=_("End it"),
        done=_("The claim has ended."),
    )
