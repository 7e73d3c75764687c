"""Pages that open by a link: no account, no cookie, and nothing changes until somebody presses a button."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.errors import Refused
from foundation.links import page_of, private
from foundation.once import do_once
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.forms import answer as forms
from lumbung.orders.models import Order, Share
from lumbung.orders.queries import offers as queries
from lumbung.orders.queries.opening import Opened, opened_by
from lumbung.orders.queries.stages import stages_of
from lumbung.orders.rules import answer as rules
from lumbung.orders.rules import offer as words
from lumbung.orders.rules.wording import unit_of
from lumbung.people import rules as people_rules
from lumbung.people.actions import confirm_digits
from lumbung.people.models import Link

View = Callable[..., HttpResponseBase]
Deed = Callable[[dict[str, Any]], Share]


def opened(view: View) -> View:
    """Find the share that a link opens, or say kindly why it does not open."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, share: int | None = None) -> HttpResponseBase:
        found = opened_by(secret, share)
        if found is None:
            return unknown(request)
        if reason := found.why_closed:
            return closed(request, reason, link=found.link, order=found.share.line.order)
        return view(request, found)

    return private(guarded)


def unknown(request: HttpRequest) -> HttpResponse:
    """The same page whatever is wrong with an address, so that nothing can be learned from it."""
    return render(request, "orders/offer/unknown.html", status=404)


def closed(request: HttpRequest, reason: str, *, link: Link, order: Order) -> HttpResponse:
    context = {"reason": reason, "order": order, "person": link.person}
    return render(request, "orders/offer/closed.html", context, status=410)


@opened
@require_http_methods(["GET", "HEAD"])
def offer(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What, how many, for how much, until when; or how it stands since it was answered."""
    share, at = opened.share, clock.now()
    if share.held_quantity:
        stage = stages_of([opened.share]).get(opened.share.pk, "")
        return render(request, "orders/offer/kept.html", {**told(opened), "stage": stage})
    if rules.why_not_answer(share, at=at):
        return render(
            request, "orders/offer/over.html", told(opened) | {"ending": words.ending(share, at=at)}
        )
    return render(request, "orders/offer/offer.html", told(opened))


def told(opened: Opened) -> dict[str, Any]:
    """What every page of an offer says."""
    line = opened.share.line
    facts, sentences = words.asked(line.order.specification)
    return {
        "opened": opened,
        "share": opened.share,
        "person": opened.link.person,
        "language_url": opened.language_url,
        "next": opened.address,
        "whose": opened.whose,
        "you": opened.link.person.you,
        "goods": words.goods_words(line),
        "unit": unit_of(line),
        "unit_one": words.unit_singular(line),
        "facts": facts,
        "sentences": sentences,
        "why": words.why_this_many(opened.share, whose=opened.whose),
        "more": words.more_makers(opened.share.split),
    }


@opened
def accept(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Two taps: this page shows the number again and asks the digits."""
    return _answer(
        request, opened, forms.AcceptForm, "orders/offer/accept.html",
        lambda typed: accept_share(share=opened.share, by=opened.link.key),
    )  # fmt: skip


@opened
def accept_part(request: HttpRequest, opened: Opened) -> HttpResponse:
    return _answer(
        request, opened, forms.PartlyForm, "orders/offer/partly.html",
        lambda typed: accept_share(share=opened.share, by=opened.link.key, quantity=typed["quantity"]),
    )  # fmt: skip


@opened
def decline(request: HttpRequest, opened: Opened) -> HttpResponse:
    return _answer(
        request, opened, forms.DeclineForm, "orders/offer/decline.html",
        lambda typed: decline_share(share=opened.share, by=opened.link.key, reason=typed["reason"]),
    )  # fmt: skip


@opened
def release(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Something came between after the share was confirmed."""
    return _answer(
        request, opened, forms.ReleaseForm, "orders/offer/release.html",
        lambda typed: release_share(share=opened.share, by=opened.link.key, quantity=typed["quantity"]),
        kept=True,
    )  # fmt: skip


def _answer(
    request: HttpRequest,
    opened: Opened,
    kind: type[forms.AnswerForm],
    template: str,
    deed: Deed,
    *,
    kept: bool = False,
) -> HttpResponse:
    """Ask, check the digits, do it, and show how it stands now; where it cannot be done, the offer says why."""
    share = opened.share
    possible = bool(share.held_quantity) if kept else rules.why_not_answer(share, at=clock.now()) is None
    if opened.why_not or not possible:
        return redirect(opened.address)
    form = kind(request.POST or None, share=share, answering=opened.link.person)
    if form.is_valid() and _done(request, opened, form, deed):
        return redirect(opened.address)
    return render(request, template, told(opened) | {"form": form})


def _done(request: HttpRequest, opened: Opened, form: forms.AnswerForm, deed: Deed) -> bool:
    """Whether the answer is settled; else the form says at its field what to put right.

    The digits come before the answer's own transaction, so that a wrong guess is counted.
    """
    typed = form.cleaned_data
    try:
        confirm_digits(opened.link, typed["digits"], by=opened.link.key)
        do_once(request, lambda: deed(typed).key)
    except Refused as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, refusal.sentence)
            return False
    return True


@private
def code(request: HttpRequest) -> HttpResponse:
    """One field for the code printed on a sheet, where no camera can read the picture."""
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        secret = people_rules.secret_as_read(form.cleaned_data["code"])
        if link := queries.any_link(secret):
            return redirect(page_of(link.purpose, secret))
        form.add_error("code", words.unknown_code())
    return render(request, "orders/offer/code.html", {"form": form})


@private
@require_http_methods(["GET", "HEAD"])
def bundle(request: HttpRequest, secret: str) -> HttpResponse:
    """The shares of all makers of a captain's group, to be answered one by one."""
    link = queries.link_to_bundle(secret)
    if link is None:
        return unknown(request)
    order = queries.order_of_bundle(link)
    if reason := people_rules.why_not_open(link, clock.now()):
        return closed(request, reason, link=link, order=order)
    shares = list(queries.shares_of_captain(link.person, order))
    context = {
        "person": link.person,
        "you": link.person.you,
        "order": order,
        "secret": secret,
        "rows": _rows(shares),
        "many_goods": len({share.line_id for share in shares}) > 1,
        "language_url": reverse("orders:bundle_language", args=[secret]),
        "next": request.path,
    }
    return render(request, "orders/offer/bundle.html", context)


def _rows(shares: list[Share]) -> list[dict[str, Any]]:
    at, stages = clock.now(), stages_of(shares)
    return [
        {
            "share": share,
            "quantity": share.held_quantity or share.quantity,
            "key": stages.get(share.pk) or words.state_key(rules.shown_state(share, at=at)),
            "open": rules.why_not_answer(share, at=at) is None,
            "unit": unit_of(share.line),
            "goods": words.goods_words(share.line),
        }
        for share in shares
    ]
