"""Finding the share that a link opens, and what every page by link says."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from foundation import clock, once
from foundation.entries import note_faults
from foundation.errors import Refused
from foundation.links import private
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.opening import opened_by
from lumbung.orders.rules import offer as words
from lumbung.orders.rules.wording import unit_of
from lumbung.people import rules as people_rules
from lumbung.people.actions import confirm_digits
from lumbung.people.models import Link
from lumbung.production.models import Part
from lumbung.production.queries.links import link_to_member
from lumbung.production.queries.parts import part_of_member

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Opened:
    """A share and the link that opened it: the maker's own, a captain's, or a member's."""

    link: Link
    share: Share
    address: str
    """Where its pages begin."""
    language_url: str
    part: Part | None = None
    """The member's part, if a member opened it."""
    is_captain: bool = False

    @property
    def why_not(self) -> str | None:
        """The reason why nothing can be answered here now, or None."""
        person = self.link.person
        return people_rules.why_not_answer(self.link, clock.now()) or words.why_no_digits(person)


Finder = Callable[..., Opened | None]


def _opens(find: Finder) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, secret: str, **found_by: Any) -> HttpResponseBase:
            opened = find(secret, found_by.pop("share", None))
            if opened is None:
                return unknown(request)
            if reason := people_rules.why_not_open(opened.link, clock.now()):
                return closed(request, reason, link=opened.link, order=opened.share.line.order)
            return view(request, opened, **found_by)

        return private(guarded)

    return decorate


def _by_share(secret: str, share: int | None) -> Opened | None:
    """`/b/<secret>/` opens the maker's own share, `/k/<secret>/<share>/` one of a captain's group."""
    found = opened_by(secret, share)
    if found is None:
        return None
    return Opened(found.link, found.share, found.address, found.language_url, is_captain=bool(found.bundle))


def _by_member(secret: str, _share: int | None) -> Opened | None:
    """`/a/<secret>/` opens a member's part, as it stands now."""
    link, share = link_to_member(secret)
    if link is None or share is None:
        return None
    part = part_of_member(share, link.person_id)
    address = reverse("production:member", args=[secret])
    return Opened(link, share, address, reverse("production:member_language", args=[secret]), part=part)


opened = _opens(_by_share)
opened_by_member = _opens(_by_member)


def unknown(request: HttpRequest) -> HttpResponse:
    """The same page whatever is wrong with an address, so that nothing can be learned from it."""
    return render(request, "orders/offer/unknown.html", status=404)


def closed(request: HttpRequest, reason: str, *, link: Link, order: Order) -> HttpResponse:
    context = {"reason": reason, "order": order, "person": link.person}
    return render(request, "orders/offer/closed.html", context, status=410)


def told(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """What every page of a share by link says."""
    line = opened.share.line
    return {
        "opened": opened,
        "share": opened.share,
        "part": opened.part,
        "person": opened.link.person,
        "you": opened.link.person.you,
        "language_url": opened.language_url,
        "next": request.path,
        "goods": words.goods_words(line),
        "unit": unit_of(line),
    }


def entry_key_of(request: HttpRequest) -> str:
    """The form's own token: an entry that arrives twice carries it twice."""
    return (request.POST.get(once.ENTRY) or request.POST.get(once.FIELD, ""))[:40] or once.new_token()


def answered(request: HttpRequest, form: Any, link: Link, deed: Callable[[], object]) -> bool:
    """Have the digits confirmed and do it, if a form was sent that can be read; a refusal stands at its field.

    Each entry carries a key of its own, so sending twice does no harm; no transaction goes around the deed, because
    an attempt to tell more than the share leaves its record although it is refused.
    """
    if not form.is_valid():
        note_faults(request, form)
        return False
    try:
        confirm_digits(link, form.cleaned_data["digits"], by=link.key)
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        note_faults(request, form)
        return False
    once.note_arrived(request)
    if once.DRAFT in request.POST:
        request.META[once.DONE] = request.POST.get(once.FIELD, "")
    return True
