"""Material and stores, and for each material its norms and stated losses."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.answering import answer
from foundation.downloads import workbook_response
from foundation.formats import percent_bp
from lumbung.lots import actions
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.lots.forms.kinds import NewMaterialForm, NewStoreForm, NormForm, RateForm
from lumbung.lots.models import MaterialKind
from lumbung.lots.queries import access, kinds
from lumbung.lots.queries.subjects import subjects_in_words
from lumbung.lots.rules.amounts import amount
from lumbung.lots.views.showing import actor, headings
from lumbung.makers.queries import may_set_lists

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(may_set_lists)
def lists(request: HttpRequest) -> HttpResponse:
    """Material and stores, and one more of each."""
    act = request.POST.get("act")
    new_material = NewMaterialForm(request.POST if act == "material" else None)
    new_store = NewStoreForm(request.POST if act == "store" else None)

    def add_material() -> str:
        given = new_material.cleaned_data
        found = actions.add_material(
            name=given["name"],
            unit=MaterialUnit(given["unit"]),
            tracks_lots=given["tracks_lots"],
            by=actor(request),
        )
        return found.get_absolute_url()

    def open_store() -> str:
        given = new_store.cleaned_data
        actions.open_store(
            name=given["store_name"],
            kind=StoreKind(given["kind"]),
            village=given["village"],
            by=actor(request),
        )
        return reverse("lots:lists")

    done = answer(request, new_material, add_material, done=_("It stands in the list.")) or answer(
        request, new_store, open_store, done=_("The store is open.")
    )
    context = {
        "materials": kinds.materials(),
        "stores": access.stores_seen_by(request.user),
        "new_material": new_material,
        "new_store": new_store,
    }
    return done or render(request, "lots/lists.html", context)


@require_safe
@require(may_set_lists)
def lists_sheet(request: HttpRequest) -> HttpResponseBase:
    """Material with all its norms, and stores, as a workbook."""
    materials = ([one.name, str(one.get_unit_display()), one.tracks_lots] for one in kinds.materials())
    norms = list(kinds.all_norms())
    words = subjects_in_words(norm.product for norm in norms)
    norm_rows = (
        [
            one.material.name,
            words[one.product].words,
            amount(one.per_thousand, one.material),
            one.valid_from,
            one.basis,
        ]
        for one in norms
    )
    stores = (
        [one.name, str(one.get_kind_display()), one.village.full_name]
        for one in access.stores_seen_by(request.user)
    )
    return workbook_response(
        _("material"),
        [
            (_("Material"), headings(_("Name"), _("Counted in"), _("Kept apart by lot")), materials),
            (
                _("Norms"),
                headings(_("Material"), _("A thousand of"), _("need"), _("Valid from"), _("Basis"), wide=2),
                norm_rows,
            ),
            (_("Stores"), headings(_("Name"), _("What it is for"), _("Village")), stores),
        ],
    )


@page
@require(access.may_see_store)
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material: what its products need, and what may be lost."""
    found = get_object_or_404(MaterialKind, pk=pk)
    sets = may_set_lists(request.user)
    act = request.POST.get("act") if sets else None
    norm = NormForm(request.POST if act == "norm" else None, material=found)
    rate = RateForm(request.POST if act == "rate" else None)
    done = answer(
        request, norm, lambda: _set_norm(request, found, norm), done=_("The norm is set.")
    ) or answer(request, rate, lambda: _set_rate(request, found, rate), done=_("The stated loss is set."))
    norms = list(kinds.norms_of(found))
    words = subjects_in_words(one.product for one in norms)
    context = {
        "material": found,
        "norms": [(words[one.product], amount(one.per_thousand, found), one) for one in norms],
        "rates": [(percent_bp(one.rate_bp), one) for one in kinds.rates_of(found)],
        "sets": sets,
        "norm_form": norm,
        "rate_form": rate,
    }
    return done or render(request, "lots/material.html", context)


def _set_norm(request: HttpRequest, found: MaterialKind, form: NormForm) -> str:
    given = form.cleaned_data
    actions.set_norm(
        material=found,
        product=given["product"],
        per_thousand=given["units"] or 0,
        basis=given["basis"],
        valid_from=given["valid_from"],
        by=actor(request),
    )
    return found.get_absolute_url()


def _set_rate(request: HttpRequest, found: MaterialKind, form: RateForm) -> str:
    given = form.cleaned_data
    actions.set_loss_rate(
        material=found,
        rate_bp=given["rate_bp"],
        basis=given["rate_basis"],
        valid_from=given["rate_from"],
        by=actor(request),
    )
    return found.get_absolute_url()
