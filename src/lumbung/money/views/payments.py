"""Payments: recording one for several shares of a payee, one payment's page, its proof, its correction."""

import hashlib
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.access import require, signed_in
from foundation.downloads import workbook_response
from foundation.errors import Refused
from foundation.once import FIELD, do_once, new_token
from foundation.sheets import Heading
from lumbung.files.queries import path_of
from lumbung.money import actions, queries
from lumbung.money.actions import Proof
from lumbung.money.forms import CorrectPaymentForm, PayeeForm, PaymentForm, PaymentsFilter
from lumbung.money.models import Payment
from lumbung.money.views.finding import around, by, page_in, party_called

page = require_http_methods(["GET", "HEAD", "POST"])


def _found(request: HttpRequest) -> tuple[PaymentsFilter, QuerySet[Payment]]:
    form = PaymentsFilter(request.GET)
    payments = queries.payments_seen_by(request.user)
    if text := form.value("q").strip():
        keys = queries.party_keys_called(text)
        payments = payments.filter(Q(payee__in=keys) | Q(payer__in=keys))
    return form, payments


@require_safe
@require(queries.has_money)
def list_payments(request: HttpRequest) -> HttpResponse:
    """Payments, the newest first."""
    form, payments = _found(request)
    shown = page_in(request, payments, "-pk")
    names = queries.words_of(key for one in shown.rows for key in (one.payee, one.payer))
    context = {
        "form": form,
        "page": shown,
        "around": around(request, shown),
        "rows": [(one, names[one.payee], names[one.payer]) for one in shown.rows],
        "excel": f"{reverse('money:payments_sheet')}?{request.GET.urlencode()}",
        "keeps": queries.may_keep_money(request.user),
    }
    return render(request, "money/payments.html", context)


@require_safe
@require(queries.has_money)
def payments_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same list as a workbook; without accounts."""
    payments = list(_found(request)[1].order_by("-pk"))
    names = queries.words_of(key for one in payments for key in (one.payee, one.payer))
    headings = [
        Heading(_("Paid on")),
        Heading(_("Payee"), 30),
        Heading(_("Payer"), 30),
        Heading(_("Amount"), 16),
        Heading(_("Reference"), 24),
        Heading(_("Photo of the proof")),
        Heading(_("Corrects the payment of")),
        Heading(_("Reason"), 40),
    ]
    rows = (
        [
            one.paid_on,
            names[one.payee],
            names[one.payer],
            one.amount_rupiah,
            one.reference,
            one.proof_id is not None,
            one.corrects.paid_on if one.corrects else None,
            one.reason,
        ]
        for one in payments
    )
    return workbook_response(_("payments"), [(_("Payments"), headings, rows)])


@page
@require(queries.may_keep_money)
def choose_payee(request: HttpRequest) -> HttpResponse:
    """Whose payment is recorded: searched by name."""
    form = PayeeForm(request.GET if "payee" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("money:pay", payee=form.cleaned_data["payee"].key)
    return render(request, "money/choose_payee.html", {"form": form})


@page
@require(queries.may_keep_money)
def pay(request: HttpRequest, payee: str) -> HttpResponse:
    """One payment to one payee, for one share or several of one payer."""
    name, rows = party_called(payee), queries.open_by_payee(payee)
    payers = list(dict.fromkeys(standing.payer for standing, _amount in rows))
    payer = request.GET.get("payer") or (payers[0] if payers else "")
    mine = [(standing, amount) for standing, amount in rows if standing.payer == payer]
    names = queries.words_of([*payers, *(standing.share for standing, _amount in mine)])
    told = [(standing.share, names[standing.share], amount) for standing, amount in mine]
    account = queries.account_for(payee)
    form = PaymentForm(
        request.POST or None,
        request.FILES or None,
        rows=told,
        accounts=list(queries.accounts_of(payee).filter(confirmed_at__isnull=False)),
        initial={"paid_on": clock.today(), "account": account.pk if account else ""},
    )
    if request.method == "POST" and form.is_valid() and (url := _record(request, form, payer, payee)):
        messages.success(request, _("The payment is recorded."))
        return redirect(url)
    others = [(key, names[key]) for key in payers if key != payer]
    context = {"form": form, "payee": name, "key": payee, "payer": names.get(payer, ""), "others": others}
    return render(request, "money/pay.html", context | {"rows": mine})


def _record(request: HttpRequest, form: PaymentForm, payer: str, payee: str) -> str:
    """Record what the form says, once; a refusal is told where it belongs and gives nothing."""
    given = form.cleaned_data
    upload, token = given.get("proof"), request.POST.get(FIELD) or new_token()

    def deed() -> str:
        return actions.record_payment(
            payer=payer,
            payee=payee,
            paid_on=given["paid_on"],
            shares=form.shares(),
            account=form.chosen_account,
            proof=Proof(upload, upload.name) if upload else None,
            reference=given["reference"],
            entry_key=f"form:{hashlib.sha256(token.encode()).hexdigest()[:40]}",
            by=by(request),
        ).get_absolute_url()

    return _told(request, form, deed)


def _told(request: HttpRequest, form: PaymentForm | CorrectPaymentForm, deed: Any) -> str:
    try:
        return do_once(request, deed)
    except Refused as refused:
        field = form.told(refused.field)
        form.add_error(field if field in form.fields else None, refused.sentence)
        return ""


@require_safe
@signed_in
def show_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment: what it paid, its proof, its corrections."""
    payment = get_object_or_404(queries.payments_seen_by(request.user), pk=pk)
    parts = list(queries.parts_of(payment))
    corrections = list(payment.corrections.order_by("pk"))
    names = queries.named([payment.payee, payment.payer, *(part.share for part in parts)])
    seen = set(
        queries.standings_seen_by(request.user)
        .filter(share__in=[part.share for part in parts])
        .values_list("share", flat=True)
    )
    context = {
        "payment": payment,
        "payee": names[payment.payee],
        "payer": names[payment.payer],
        "parts": [(part, names[part.share]) for part in parts if part.share in seen],
        "corrections": corrections,
        "standing": payment.amount_rupiah + sum(one.amount_rupiah for one in corrections),
        "keeps": queries.may_keep_money(request.user),
        "sees_account": queries.sees_accounts(request.user, payment.payee),
        "sees_proof": bool(payment.proof) and queries.sees_accounts(request.user, payment.payee),
    }
    return render(request, "money/payment.html", context)


@require_safe
@signed_in
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo of a proof, for the office and the payee; a buyer sees no account, and so no proof."""
    payment = get_object_or_404(queries.payments_seen_by(request.user), pk=pk, proof__isnull=False)
    kept = payment.proof
    if kept is None or kept.removed_at or not queries.sees_accounts(request.user, payment.payee):
        raise Http404
    path = path_of(kept.file_id)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        filename=kept.name,
        content_type=kept.file.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"},
    )


@page
@require(queries.may_keep_money)
def mend_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """What a payment really gave each of its shares."""
    payment = get_object_or_404(queries.payments_seen_by(request.user), pk=pk, corrects__isnull=True)
    before = queries.standing_parts(payment)
    names = queries.words_of([*before, payment.payee])
    rows = [(share, names[share], amount) for share, amount in before.items()]
    form = CorrectPaymentForm(request.POST or None, rows=rows)

    def deed() -> str:
        actions.correct_payment(
            payment=payment, shares=form.shares(), reason=form.cleaned_data["reason"], by=by(request)
        )
        return payment.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (url := _told(request, form, deed)):
        messages.success(request, _("The correction stands."))
        return redirect(url)
    context = {"form": form, "payment": payment, "payee": names[payment.payee]}
    return render(request, "money/correct_payment.html", context)
