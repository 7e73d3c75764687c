"""The end of an order, and its opening again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.answering import answer
from lumbung.orders.actions import finishing
from lumbung.orders.forms.order import CancelForm, FinishForm
from lumbung.orders.queries.orders import may_order
from lumbung.orders.queries.outcome import outcome_of, why_not_over
from lumbung.orders.views.finding import actor, order_of

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(may_order)
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """What came of the order, and the button that ends it, or the reason why it is not over."""
    order = order_of(request, code)
    outcome = outcome_of(order)
    form = FinishForm(request.POST or None, missing=outcome.missing)

    def deed() -> str:
        finishing.finish_order(order=order, note=form.cleaned_data["note"], by=actor(request))
        return order.get_absolute_url()

    context = {"order": order, "form": form, "why_not": why_not_over(order, outcome)}
    done = _("The order is finished. Its dossier holds everything that stands until now.")
    return answer(request, form, deed, done=done) or render(request, "orders/finish.html", context)


@page
@require(may_order)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Something was wrong after all."""
    order = order_of(request, code)
    form = CancelForm(request.POST or None)

    def deed() -> str:
        finishing.reopen_order(order=order, reason=form.cleaned_data["reason"], by=actor(request))
        return order.get_absolute_url()

    done = _("The order is open again. Finish it once more when everything is right.")
    context = {"order": order, "form": form}
    return answer(request, form, deed, done=done) or render(request, "orders/reopen.html", context)
