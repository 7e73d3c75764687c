"""Central cutting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.answering import answer
from lumbung.lots import actions
from lumbung.lots.actions import Piece
from lumbung.lots.forms.fields import moment_of
from lumbung.lots.forms.material import CutForm
from lumbung.lots.queries import access
from lumbung.lots.views.showing import actor


@require_http_methods(["GET", "HEAD", "POST"])
@require(access.may_keep_store)
def cut(request: HttpRequest) -> HttpResponse:
    """Cloth in, pieces and offcuts out; the rest is the loss."""
    form = CutForm(request.POST or None, request.FILES or None, stores=access.stores_kept_by(request.user))

    def write() -> str:
        given = form.cleaned_data
        actions.cut(
            material=given["material"],
            taken=given["taken_units"],
            pieces=[Piece(given["piece"], given["pieces_units"])],
            offcuts=given["offcuts_units"],
            store=given["store"],
            lot=given["lot"],
            reason=given["reason"],
            at=moment_of(given.get("day")),
            photo=given["photo"],
            by=actor(request),
        )
        return reverse("lots:store")

    done = _("The cutting is written down, and it balances.")
    return answer(request, form, write, done=done) or render(request, "lots/cut.html", {"form": form})
