"""A maker's own letters by link: the PDF, kept nowhere on the way."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.downloads import pdf_response
from foundation.links import private
from lumbung.files.queries import path_of
from lumbung.orders.queries.opening import opened_by
from lumbung.paperwork import queries


def _unknown(request: HttpRequest) -> HttpResponse:
    """The same page whatever is wrong with an address, so that nothing can be learned from it."""
    return render(request, "orders/offer/unknown.html", status=404)


@private
@require_safe
def letter(request: HttpRequest, secret: str, letter: int, share: int | None = None) -> HttpResponseBase:
    """A letter about the share that the link opens; nothing else opens here."""
    opened = opened_by(secret, share)
    if opened is None:
        return _unknown(request)
    if reason := opened.why_closed:
        context = {"reason": reason, "order": opened.share.line.order, "person": opened.link.person}
        return render(request, "orders/offer/closed.html", context, status=410)
    found = get_object_or_404(queries.letters_of_share(opened.share), pk=letter)
    path = path_of(found.sha256)
    if not path.exists():
        raise Http404
    return pdf_response(path.read_bytes(), found.number.replace("/", "-"))
