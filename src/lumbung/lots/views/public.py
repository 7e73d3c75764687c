"""What everybody may ask of a lot: what it is, where it was made, whether it may be used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from foundation.throttle import throttled
from lumbung.lots.forms.lots import FindForm
from lumbung.lots.models import Lot
from lumbung.lots.queries import lots, tracing
from lumbung.lots.queries.wording import what_in_words
from lumbung.lots.rules import codes
from lumbung.lots.rules.amounts import amount
from lumbung.lots.rules.public import houses_told, places_told


@throttled("public")
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The code is typed, for who cannot scan."""
    form = FindForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("lots:public", form.cleaned_data["kode"].code)
    return render(request, "lots/find.html", {"form": form})


@throttled("public")
@require_safe
def public(request: HttpRequest, code: str) -> HttpResponse:
    """What the picture on the mark leads to."""
    found = lots.lot_by_code(code) if codes.why_not_code(code) is None else None
    if found is None:
        return render(request, "lots/find.html", {"form": FindForm({"kode": code})}, status=404)
    return render(request, "lots/public.html", _told(found))


def _told(found: Lot) -> dict[str, object]:
    origin = tracing.origin_of(found)
    made = tracing.makers_behind(
        [found.pk, *(one.pk for one in origin.lots if one.goods_id == found.goods_id)]
    )
    return {
        "lot": found,
        "what": what_in_words(found.what),
        "amount": amount(found.quantity, found.what),
        "places": places_told(tracing.places_of(found, made)),
        "houses": houses_told(tracing.houses_behind(made)),
    }
