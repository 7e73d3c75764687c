"""What was written wrong is put right by an entry that points at the old one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.answering import answer
from lumbung.deliveries import actions, queries
from lumbung.deliveries.forms import CorrectForm, CorrectMoveForm
from lumbung.deliveries.views.finding import actor, delivery_of, entry_key
from lumbung.deliveries.views.showing import shown_moves
from lumbung.orders.rules.wording import unit_of

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(queries.may_receive)
def correct_quantity(request: HttpRequest, code: str) -> HttpResponse:
    """It was another number of pieces."""
    delivery = delivery_of(request, code)
    form = CorrectForm(request.POST or None)

    def correct() -> str:
        given = form.cleaned_data
        actions.correct_delivery(
            delivery=delivery, quantity=given["quantity"], reason=given["reason"], by=actor(request),
            entry_key=entry_key(request),
        )  # fmt: skip
        return delivery.get_absolute_url()

    context = {"form": form, "delivery": delivery, "unit": unit_of(delivery.share.line)}
    done = _("It is corrected. The old number stands beside the new one.")
    return answer(request, form, correct, done=done) or render(request, "deliveries/correct.html", context)


@page
@require(queries.may_inspect)
def correct_entry(request: HttpRequest, code: str, move: int) -> HttpResponse:
    """Some pieces of an entry belong elsewhere."""
    delivery = delivery_of(request, code)
    found = get_object_or_404(delivery.moves.all(), pk=move)
    shown = next(each for each in shown_moves(delivery) if each.move.pk == found.pk)
    form = CorrectMoveForm(request.POST or None, move=found)

    def correct() -> str:
        given = form.cleaned_data
        actions.correct_move(move=found, by=actor(request), entry_key=entry_key(request), **given)
        return delivery.get_absolute_url()

    context = {"form": form, "delivery": delivery, "shown": shown, "unit": unit_of(delivery.share.line)}
    done = _("It is corrected. The old entry stands beside the new one.")
    return answer(request, form, correct, done=done) or render(
        request, "deliveries/correct_move.html", context
    )
