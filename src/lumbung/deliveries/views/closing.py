"""The rest of a share does not come: it is closed, or opened again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.answering import answer
from lumbung.deliveries import actions, queries, rules
from lumbung.deliveries.forms import CloseForm
from lumbung.deliveries.views.finding import actor
from lumbung.orders.rules.wording import goods_of, unit_of


@require_http_methods(["GET", "HEAD", "POST"])
@require(queries.may_close)
def close_share(request: HttpRequest, share: int) -> HttpResponse:
    """One page for both: what is closed can be opened again."""
    found = get_object_or_404(queries.shares_for_receiving(), pk=share)
    closing, form = queries.closing_of(found), CloseForm(request.POST or None)
    deed = actions.reopen_share if closing else actions.close_share

    def close() -> str:
        deed(share=found, reason=form.cleaned_data["reason"], by=actor(request))
        return reverse("orders:share", args=[found.line.order.code, found.pk])

    to_come = rules.room_of(found.held_quantity, queries.delivered_of(found.pk))
    asked = (
        rules.why_not_reopen_share(found, closing=closing, reason="-")
        if closing
        else rules.why_not_close_share(found, to_come=to_come, closing=None, reason="-")
    )
    context = {
        "form": form,
        "share": found,
        "order": found.line.order,
        "goods": goods_of(found.line),
        "unit": unit_of(found.line),
        "to_come": to_come,
        "closing": closing,
        "why_not": asked,
    }
    done = (
        _("The share is open again.") if closing else _("The rest is closed. Nobody waits for it any more.")
    )
    return answer(request, form, close, done=done) or render(request, "deliveries/close.html", context)
