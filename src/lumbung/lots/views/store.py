"""What lies in the stores; material comes in, and is counted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.answering import answer
from foundation.downloads import workbook_response
from lumbung.lots import actions
from lumbung.lots.forms.fields import moment_of
from lumbung.lots.forms.material import CountForm, ReceiveForm
from lumbung.lots.queries import access, holdings
from lumbung.lots.queries.subjects import holders_in_words
from lumbung.lots.queries.wording import what_in_words
from lumbung.lots.rules.amounts import amount, number_in
from lumbung.lots.views.showing import actor, headings, stock_shown
from lumbung.makers.queries import may_set_lists

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@require(access.may_see_store)
def store(request: HttpRequest) -> HttpResponse:
    """Everything by kind: in the stores, with makers, elsewhere."""
    seen = access.holdings_seen_by(request.user)
    context = {
        "rows": stock_shown(holdings.stock(seen)),
        "stores": access.stores_seen_by(request.user),
        "totals": holdings.totals(seen),
        "keeps": access.may_keep_store(request.user),
        "sets_lists": may_set_lists(request.user),
    }
    return render(request, "lots/store.html", context)


@require_safe
@require(access.may_see_store)
def store_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same by store and lot, as a workbook."""
    found = (
        access.holdings_seen_by(request.user)
        .filter(quantity__gt=0, maker__isnull=True)
        .order_by("holder", "pk")
    )
    rows = list(found)
    words = holders_in_words(row.holder for row in rows)
    sheet = (
        [
            words[row.holder],
            what_in_words(row.what),
            row.lot.shown if row.lot else "",
            number_in(row.quantity, row.material.unit) if row.material else row.quantity,
            row.what.get_unit_display(),
        ]
        for row in rows
    )
    titles = headings(_("Where"), _("What"), _("Lot"), _("Quantity"), _("Unit"), wide=2)
    return workbook_response(_("store"), [(_("Store"), titles, sheet)])


@page
@require(access.may_keep_store)
def receive(request: HttpRequest) -> HttpResponse:
    """Material comes into a store."""
    form = ReceiveForm(
        request.POST or None, request.FILES or None, stores=access.stores_kept_by(request.user)
    )

    def take_in() -> str:
        given = form.cleaned_data
        entry = actions.receive(
            material=given["material"],
            quantity=given["quantity_units"],
            store=given["store"],
            origin=given["origin"],
            at=moment_of(given["day"]),
            photo=given["photo"],
            by=actor(request),
        )
        lot = entry.movements.get().lot
        return lot.get_absolute_url() if lot else reverse("lots:store")

    done = _("It lies in the store now.")
    return answer(request, form, take_in, done=done) or render(request, "lots/receive.html", {"form": form})


@page
@require(access.may_keep_store)
def count(request: HttpRequest) -> HttpResponse:
    """What lies in a store was counted; a difference is written down with its reason."""
    form = CountForm(request.POST or None, stores=access.stores_kept_by(request.user))
    told: list[str] = []

    def adjust() -> str:
        given = form.cleaned_data
        entry = actions.adjust(
            what=given["material"],
            counted=given["counted_units"],
            store=given["store"],
            lot=given["lot"],
            reason=given["reason"],
            by=actor(request),
        )
        difference = entry.movements.get().quantity if entry else 0
        words = amount(difference, given["material"])
        told.append(
            _("A difference of %(amount)s is written down.") % {"amount": words} if entry else _("It agrees.")
        )
        return reverse("lots:store")

    response = answer(request, form, adjust, done=_("Counted."))
    for sentence in told:
        messages.info(request, sentence)
    return response or render(request, "lots/count.html", {"form": form})
