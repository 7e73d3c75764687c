"""Pages that open by a link: no account, no cookie, and nothing changes until somebody presses a button."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from foundation import clock
from foundation.errors import Refused
from foundation.once import do_once
from foundation.throttle import throttled
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.forms import answer as forms
from lumbung.orders.models import Order, Share
from lumbung.orders.queries import offers as queries
from lumbung.orders.rules import answer as rules
from lumbung.orders.rules import offer as words
from lumbung.orders.rules.wording import unit_of
from lumbung.people import rules as people_rules
from lumbung.people.actions import confirm_digits
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link

View = Callable[..., HttpResponseBase]
Deed = Callable[[dict[str, Any]], Share]


@dataclass(frozen=True)
class Opened:
    """A share and the link that opened it."""

    link: Link
    share: Share
    address: str
    """Where the offer stands; its answers stand below."""
    language_url: str
    bundle: str = ""
    """The captain's list that it belongs to, if that was opened."""

    @property
    def whose(self) -> str:
        """Ibu, Bapak, Anda for the maker in person; the maker's name for a captain."""
        return str(self.share.maker) if self.bundle else self.link.person.you

    @property
    def why_not(self) -> str | None:
        """The reason why no answer can be given here now, or None."""
        person = self.link.person
        return people_rules.why_not_answer(self.link, clock.now()) or words.why_no_digits(person)


def private(view: View) -> View:
    """Nothing of a link's page is kept, indexed, or told to the next page; a flood is slowed down.

    There is no cookie to misuse here: who knows the address may open it, and answering takes the four digits.
    So no CSRF token is asked, which browsers could not send from a page without a referrer.
    """
    slow, quick = throttled("answer")(view), throttled("public")(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = (slow if request.method == "POST" else quick)(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    exempt: View = csrf_exempt(guarded)
    return exempt


def opened(view: View) -> View:
    """Find the share that a link opens, or say kindly why it does not open."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, share: int | None = None) -> HttpResponseBase:
        found = _open(secret) if share is None else _open_of_bundle(secret, share)
        if found is None:
            return unknown(request)
        if reason := people_rules.why_not_open(found.link, clock.now()):
            return closed(request, reason, link=found.link, order=found.share.line.order)
        return view(request, found)

    return private(guarded)


def _open(secret: str) -> Opened | None:
    link, share = queries.link_to_share(secret)
    if link is None or share is None:
        return None
    language_url = reverse("orders:offer_language", args=[secret])
    return Opened(link, share, reverse("orders:offer", args=[secret]), language_url)


def _open_of_bundle(secret: str, share: int) -> Opened | None:
    link = queries.link_to_bundle(secret)
    found = queries.shares_of_bundle(link).filter(pk=share).first() if link else None
    if link is None or found is None:
        return None
    return Opened(
        link,
        found,
        address=reverse("orders:bundle_offer", args=[secret, share]),
        language_url=reverse("orders:bundle_language", args=[secret]),
        bundle=reverse("orders:bundle", args=[secret]),
    )


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
        return render(request, "orders/offer/kept.html", told(opened))
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
@require_POST
def language(request: HttpRequest, **_address: Any) -> HttpResponse:
    """The language of the pages, remembered in a cookie."""
    response: HttpResponse = set_language(request)
    return response


@private
def code(request: HttpRequest) -> HttpResponse:
    """One field for the code printed on a sheet, where no camera can read the picture."""
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        secret = people_rules.secret_as_read(form.cleaned_data["code"])
        if link := queries.any_link(secret):
            return redirect(address_of(link, secret))
        form.add_error("code", words.unknown_code())
    return render(request, "orders/offer/code.html", {"form": form})


PAGES = {
    LinkPurpose.ANSWER_SHARE: "orders:offer",
    LinkPurpose.CAPTAIN_BUNDLE: "orders:bundle",
    LinkPurpose.OBJECTION: "orders:objection",
    LinkPurpose.OWN_REASON: "orders:own_reason",
}


def address_of(link: Link, secret: str) -> str:
    return reverse(PAGES[LinkPurpose(link.purpose)], args=[secret])


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
    at = clock.now()
    return [
        {
            "share": share,
            "quantity": share.held_quantity or share.quantity,
            "key": words.state_key(rules.shown_state(share, at=at)),
            "open": rules.why_not_answer(share, at=at) is None,
            "unit": unit_of(share.line),
            "goods": words.goods_words(share.line),
        }
        for share in shares
    ]
