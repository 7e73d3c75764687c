"""A maker's own line in each order, by link and without account; and the way to object from there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.links import private
from lumbung.objections.queries import own_reasons as queries
from lumbung.objections.views.finding import unknown
from lumbung.objections.views.objecting import object_by_link
from lumbung.people import rules as people_rules


@private
@require_http_methods(["GET", "HEAD"])
def own_reason(request: HttpRequest, secret: str) -> HttpResponse:
    """The lines of one maker, or of each maker of a captain's group."""
    link, makers = queries.link_to_lines(secret)
    if link is None:
        return unknown(request)
    if reason := people_rules.why_not_open(link, clock.now()):
        return render(request, "objections/reasons/closed.html", {"reason": reason}, status=410)
    context: dict[str, Any] = {
        "person": link.person,
        "secret": secret,
        "each": queries.own_lines_of(makers),
        "language_url": reverse("objections:own_language", args=[secret]),
        "next": request.path,
    }
    return render(request, "objections/reasons/own.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def object_from_line(request: HttpRequest, secret: str, maker: int, code: str) -> HttpResponse:
    """Object to one of these lines: order and maker are known, four digits are enough."""
    link, makers = queries.link_to_lines(secret)
    found = queries.order_of_maker(makers, code, maker) if link else None
    if link is None or found is None:
        return unknown(request)
    order, whose = found
    return object_by_link(
        request,
        link=link,
        order=order,
        maker=whose,
        back=reverse("objections:own", args=[secret]),
        language_url=reverse("objections:own_language", args=[secret]),
    )
