"""Anybody objects on the public page or by the own link, and follows it by a link without account."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.answering import done_or_told
from foundation.links import absolute, answered_once, private
from foundation.throttle import throttled
from foundation.whatsapp import whatsapp_address
from lumbung.makers.models import Maker
from lumbung.objections.actions import objecting as actions
from lumbung.objections.choices import ObjectionAbout
from lumbung.objections.forms import objections as forms
from lumbung.objections.models import Objection
from lumbung.objections.queries import objections as queries
from lumbung.objections.rules import messages as texts
from lumbung.objections.rules import objections as rules
from lumbung.objections.views.finding import unknown
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.light import public_orders
from lumbung.orders.queries.opening import opened_by
from lumbung.orders.rules.offer import why_no_digits
from lumbung.people import rules as people_rules
from lumbung.people.actions import confirm_digits
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link
from lumbung.people.queries import open_links

View = Callable[..., HttpResponseBase]


# On the public page


@throttled("objection")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def object_in_public(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody: about what, the own words, name and phone."""
    order = get_object_or_404(public_orders(), code=code)
    first = {"about": request.GET.get("tentang", "")}
    form = forms.VisitorForm(request.POST or None, initial=first)
    if form.is_valid():
        typed = form.cleaned_data
        number = done_or_told(request, form, lambda: actions.file_by_visitor(order=order, **typed).code)
        if number:
            return redirect(_link_address(number))
    context = {"form": form, "order": order, "term": rules.term_sentence(order), **_window(order)}
    return render(request, "objections/file.html", context)


def _window(order: Order) -> dict[str, Any]:
    """Until when an objection is in time, and whether that is over."""
    last_day = queries.in_time_until(order)
    return {"in_time_until": last_day, "is_late": last_day is not None and clock.today() > last_day}


def _link_address(number: str) -> str:
    """Where the objector follows it: the address is computed anew, so that sending twice leads there too."""
    link = open_links([f"objection:{number}"], LinkPurpose.OBJECTION).order_by("-pk").first()
    secret = people_rules.secret_or_none(link) if link else None
    return reverse("objections:follow", args=[secret]) if secret else reverse("orders:code")


# From a maker's own link


@private
@require_http_methods(["GET", "HEAD", "POST"])
def object_by_offer(request: HttpRequest, secret: str, share: int | None = None) -> HttpResponse:
    """From an offer: order and maker are known, four digits are enough."""
    opened = opened_by(secret, share)
    if opened is None:
        return unknown(request)
    order = opened.share.line.order
    if reason := opened.why_closed:
        context = {"reason": reason, "order": order, "person": opened.link.person}
        return render(request, "orders/offer/closed.html", context, status=410)
    return object_by_link(
        request,
        link=opened.link,
        order=order,
        maker=opened.share.maker,
        back=opened.address,
        language_url=opened.language_url,
        share=opened.share,
    )


def object_by_link(
    request: HttpRequest,
    *,
    link: Link,
    order: Order,
    maker: Maker,
    back: str,
    language_url: str,
    share: Share | None = None,
) -> HttpResponse:
    about = ObjectionAbout.OWN_SHARE if share else ObjectionAbout.NOT_CHOSEN
    form = forms.MakerForm(request.POST or None, initial={"about": about}, person=link.person)

    def file(typed: dict[str, Any]) -> str:
        return actions.file_objection(
            order=order,
            about=typed["about"],
            words=typed["words"],
            person=link.person,
            maker=maker,
            by=link.key,
        ).code

    if form.is_valid() and (number := _sent(request, link, form, file)):
        return redirect(_link_address(number))
    context = {
        "form": form,
        "order": order,
        "maker": maker,
        "person": link.person,
        "back": back,
        "language_url": language_url,
        "next": back,
        "term": rules.term_sentence(order),
        "why_not": _why_no_answer(link),
        **_window(order),
    }
    return render(request, "objections/file_by_link.html", context)


def _why_no_answer(link: Link) -> str | None:
    return people_rules.why_not_answer(link, clock.now()) or why_no_digits(link.person)


def _sent(
    request: HttpRequest, link: Link, form: django_forms.Form, deed: Callable[[dict[str, Any]], str]
) -> str | None:
    """Check the digits, do it once; the result, or None where the form says what to put right."""
    return answered_once(
        request,
        form,
        confirm=lambda digits: confirm_digits(link, digits, by=link.key),
        deed=lambda: deed(form.cleaned_data),
    )


# Following it


@dataclass(frozen=True)
class Followed:
    """An objection and the link that opened it."""

    link: Link
    objection: Objection
    secret: str

    @property
    def address(self) -> str:
        return reverse("objections:follow", args=[self.secret])


def followed(view: View) -> View:
    """Find the objection that a link opens, or say kindly why it does not open."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponseBase:
        link, objection = queries.link_to_objection(secret)
        if link is None or objection is None:
            return unknown(request)
        if reason := people_rules.why_not_open(link, clock.now()):
            context = {"reason": reason, "order": objection.order}
            return render(request, "orders/offer/closed.html", context, status=410)
        return view(request, Followed(link, objection, secret))

    return private(guarded)


def _told(request: HttpRequest, found: Followed) -> dict[str, Any]:
    objection = found.objection
    answers = list(objection.answers.all())
    return {
        "found": found,
        "objection": objection,
        "order": objection.order,
        "person": found.link.person,
        "answers": answers,
        "state": rules.state_key(objection),
        "state_words": rules.state_words(objection),
        "days_left": rules.days_left_sentence(objection) if objection.is_open else "",
        "late": rules.late_sentence(objection) if objection.is_late else "",
        "why_not": _why_no_answer(found.link),
        "may_reply": rules.why_not_reply(objection) is None,
        "may_withdraw": rules.why_not_withdraw(objection) is None,
        "keep": whatsapp_address("", _keep(request, found)),
        "language_url": reverse("objections:language", args=[found.secret]),
        "next": found.address,
    }


def _keep(request: HttpRequest, found: Followed) -> str:
    return texts.keep_message(
        code=found.objection.code,
        order=found.objection.order.title,
        address=absolute(request, found.address),
        language=settings.LANGUAGE_CODE,
    )


@followed
@require_http_methods(["GET", "HEAD"])
def follow(request: HttpRequest, found: Followed) -> HttpResponse:
    """State, last day, answer; nothing changes by looking."""
    return render(request, "objections/follow.html", _told(request, found))


@followed
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, found: Followed) -> HttpResponse:
    """One more word after the first answer."""
    possible = rules.why_not_reply(found.objection) is None and not _why_no_answer(found.link)
    form = forms.ReplyForm(request.POST or None, person=found.link.person)

    def send(typed: dict[str, Any]) -> str:
        return actions.reply_to_objection(
            objection=found.objection, words=typed["words"], by=found.link.key
        ).code

    if not possible or (form.is_valid() and _sent(request, found.link, form, send)):
        return redirect(found.address)
    return render(request, "objections/reply.html", _told(request, found) | {"form": form})


@followed
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, found: Followed) -> HttpResponse:
    """Whoever filed it takes it back while nobody has answered."""
    possible = rules.why_not_withdraw(found.objection) is None and not _why_no_answer(found.link)
    form = forms.WithdrawForm(request.POST or None, person=found.link.person)

    def take_back(typed: dict[str, Any]) -> str:
        return actions.withdraw_objection(objection=found.objection, by=found.link.key).code

    if not possible or (form.is_valid() and _sent(request, found.link, form, take_back)):
        return redirect(found.address)
    return render(request, "objections/withdraw.html", _told(request, found) | {"form": form})
