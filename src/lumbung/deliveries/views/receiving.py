"""At the collection point: find the share, write down what was handed over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation import formats
from foundation.access import require
from foundation.answering import done_or_told
from foundation.entries import note_faults
from lumbung.deliveries import actions, queries, rules
from lumbung.deliveries.forms import FindForm, ReceiveForm, photo_of
from lumbung.deliveries.views.finding import actor, entry_key
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Share
from lumbung.orders.rules.wording import goods_of, unit_of

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(queries.may_receive)
def find_share(request: HttpRequest) -> HttpResponse:
    """By the code on the maker's sheet or by name; what is typed is sent, because a code opens the share."""
    form = FindForm(request.POST or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    shares = queries.shares_to_deliver(text)
    context = {
        "form": form,
        "rows": [(share, goods_of(share.line), unit_of(share.line)) for share in shares],
        "searched": bool(text),
    }
    return render(request, "deliveries/find.html", context)


@page
@require(queries.may_receive)
def receive(request: HttpRequest, share: int) -> HttpResponse:
    """Quantity, place, day, who brought it, a photo; what is over stays with the maker and is counted."""
    found = get_object_or_404(queries.shares_for_receiving(), pk=share)
    room = rules.room_of(found.held_quantity, queries.delivered_of(found.pk))
    form = ReceiveForm(request.POST or None, request.FILES or None, share=found, room=room)
    if form.is_bound and not form.is_valid():
        note_faults(request, form)
    elif form.is_bound and (address := _taken_in(request, found, form)):
        messages.success(request, _("It is taken in. All pieces wait for inspection."))
        return redirect(address)
    context = {
        "form": form,
        "share": found,
        "order": found.line.order,
        "goods": goods_of(found.line),
        "unit": unit_of(found.line),
        "delivered": found.held_quantity - room,
        "room": room,
        "why_not": rules.why_not_share(found)
        or rules.why_closed(queries.closing_of(found))
        or (None if room else _all_in(found)),
        "deliveries": queries.deliveries_of_share(found),
        "attempts": [
            (each.refused_at, rules.over_sentence(each.brought_quantity, each.room_quantity))
            for each in found.overshares.order_by("pk")
        ],
    }
    return render(request, "deliveries/receive.html", context)


def _all_in(share: Share) -> str:
    if share.state not in CONFIRMED_STATES:
        return ""
    return _("All %(held)s of the share were handed over.") % {"held": formats.number(share.held_quantity)}


def _taken_in(request: HttpRequest, share: Share, form: ReceiveForm) -> str | None:
    """The delivery's address, or None where the form says what to put right.

    A refusal undoes what was written within the form's own transaction, so the attempt is counted after it.
    """
    told = {**form.cleaned_data}
    photo = photo_of(told.pop("photo"))
    over: list[int] = []

    def deed() -> str:
        try:
            made = actions.receive_delivery(
                share=share, photos=[photo] if photo else [], by=actor(request), entry_key=entry_key(request),
                is_demo=share.line.order.is_demo, **told,
            )  # fmt: skip
        except actions.OverShareRefused:
            over.append(told["quantity"])
            raise
        return made.get_absolute_url()

    address = done_or_told(request, form, deed)
    for quantity in over:
        actions.count_over_share(
            share=share, quantity=quantity, by=actor(request), entry_key=entry_key(request)
        )
    return address
