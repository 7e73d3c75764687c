"""The ledger of turns: totals for everybody, maker by maker for the office; the list of priority villages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.answering import done_or_told
from foundation.around import count_in
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from foundation.throttle import throttled
from lumbung.makers.models import GoodsKind
from lumbung.makers.queries import page_of
from lumbung.orders.actions.priority import add_priority_village, end_priority_village
from lumbung.orders.forms.ledger import LedgerFilter, PriorityForm
from lumbung.orders.models import PriorityVillage
from lumbung.orders.queries import ledger_page as queries
from lumbung.orders.queries.orders import may_order, may_read_all
from lumbung.orders.rules.grouping import PlaceSum, RegencyGroup, added, regency_groups
from lumbung.orders.rules.wording import kind_name
from lumbung.orders.views.finding import actor
from lumbung.orders.views.showing import told
from lumbung.places.queries import place_names

FRESH_SECONDS = 60


@dataclass(frozen=True)
class ShownPlace:
    name: str
    sums: PlaceSum


@dataclass(frozen=True)
class ShownRegency:
    name: str
    sums: PlaceSum
    villages: list[ShownPlace]


@throttled("public")
@require_safe
def show_ledger(request: HttpRequest) -> HttpResponse:
    """By place: what makers were entitled to by capacity, and what they hold, over the last year."""
    kinds = queries.ledger_kinds()
    form = LedgerFilter(request.GET, kinds=kinds, by_maker=False)
    kind = _kind(form, kinds)
    context: dict[str, Any] = {"form": form, "kinds": kinds, "kind": kind}
    if kind:
        rows = _places(kind)
        context |= {
            "goods": kind_name(kind),
            "unit": kind.get_unit_display(),
            "whole": added(rows),
            "regencies": shown_regencies(rows),
            "splits": queries.counted_splits(kind),
            "may_read": may_read_all(request.user),
        }
    return render(request, "orders/ledger/public.html", context)


def _places(kind: GoodsKind) -> list[PlaceSum]:
    """The sums of the register's places, at most a minute old."""
    key = f"ledger:{kind.pk}"
    rows: list[PlaceSum] | None = cache.get(key)
    if rows is None:
        rows = queries.place_sums(kind)
        cache.set(key, rows, FRESH_SECONDS)
    return rows


def shown_regencies(rows: list[PlaceSum]) -> list[ShownRegency]:
    """Places by name, none of them so small that it tells of single makers."""
    groups = regency_groups(rows)
    names = place_names([place.village for group in groups for place in group.villages], regencies=True)
    return [_shown(group, names) for group in groups]


def _shown(group: RegencyGroup, names: dict[str, str]) -> ShownRegency:
    villages = [ShownPlace(names.get(place.village, place.village), place) for place in group.villages]
    if group.rest and villages:
        villages.append(ShownPlace(_("Other villages together"), group.rest))
    return ShownRegency(names.get(group.code, _("Other regencies together")), group.whole, villages)


def _kind(form: LedgerFilter, kinds: list[GoodsKind]) -> GoodsKind | None:
    wanted = form.cleaned_data.get("kind", "") if form.is_valid() else ""
    return next((kind for kind in kinds if kind.pk == wanted), kinds[0] if kinds else None)


@require_safe
@require(may_read_all)
def show_makers(request: HttpRequest) -> HttpResponse:
    """Maker by maker, for those who answer for it and for the auditor."""
    kinds = queries.ledger_kinds()
    form, kind, wanted = _wanted(request, kinds)
    context: dict[str, Any] = {"form": form, "kind": kind}
    if kind:
        makers = queries.ledger_makers(kind, wanted)
        page = page_of(
            makers,
            after=count_in(request, "after"),
            before=count_in(request, "before"),
            first=count_in(request, "first") or 1,
            with_goods=False,
        )
        context |= {
            "goods": kind_name(kind),
            "unit": kind.get_unit_display(),
            "page": page,
            "rows": queries.rows_for(kind, page.makers),
            **_addresses(kind, wanted, page),
        }
    return render(request, "orders/ledger/makers.html", context)


def _wanted(
    request: HttpRequest, kinds: list[GoodsKind]
) -> tuple[LedgerFilter, GoodsKind | None, queries.Wanted]:
    form = LedgerFilter(request.GET, kinds=kinds, by_maker=True)
    kind = _kind(form, kinds)
    told_of = form.cleaned_data
    return form, kind, queries.Wanted(told_of.get("text", ""), told_of.get("regency", ""))


def _addresses(kind: GoodsKind, wanted: queries.Wanted, page: Any) -> dict[str, str]:
    kept = {"kind": kind.pk, "text": wanted.text, "regency": wanted.regency}
    kept = {name: value for name, value in kept.items() if value}
    size = len(page.makers)
    return {
        "previous_url": f"?{urlencode(kept | {'before': page.before, 'first': max(1, page.first - 50)})}"
        if page.before
        else "",
        "next_url": f"?{urlencode(kept | {'after': page.after, 'first': page.first + size})}"
        if page.after
        else "",
        "excel_url": f"{reverse('orders:ledger_export')}?{urlencode(kept)}",
    }


@require_safe
@require(may_read_all)
def export_makers(request: HttpRequest) -> HttpResponseBase:
    kinds = queries.ledger_kinds()
    _form, kind, wanted = _wanted(request, kinds)
    rows = queries.exported_rows(kind, queries.ledger_makers(kind, wanted)) if kind else iter(())
    return workbook_response(_("turns"), [(_("Turns"), _headings(), _cells(rows))])


def _headings() -> list[Heading]:
    widths = {
        _("Maker"): 30,
        _("Village"): 22,
        _("District"): 18,
        _("Regency"): 18,
        _("Households"): 12,
        _("Orders"): 10,
        _("Entitled"): 12,
        _("Holds"): 12,
        _("Behind"): 12,
        _("Behind, percent"): 12,
    }
    return [Heading(words, width) for words, width in widths.items()]


def _cells(rows: Iterator[queries.LedgerRow]) -> Iterator[list[object]]:
    for row in rows:
        village, turn = row.maker.village, row.turn
        yield [
            row.maker.party.name,
            village.name,
            village.district.name,
            village.district.regency.short_name,
            row.maker.households,
            turn.orders,
            turn.entitled,
            turn.received,
            turn.behind,
            turn.behind_bp // 100,
        ]


@throttled("public")
@require_http_methods(["GET", "HEAD", "POST"])
def priority_villages(request: HttpRequest) -> HttpResponse:
    """The public list with its bases; an officer adds to it here."""
    keeps = may_order(request.user)
    form = PriorityForm(request.POST or None) if keeps else None
    if request.method == "POST":
        if form is None:
            return redirect("orders:priority")
        if form.is_valid():

            def add() -> str:
                add_priority_village(**form.cleaned_data, by=actor(request))
                return reverse("orders:priority")

            if address := done_or_told(request, form, add):
                return redirect(address)
    context = {
        "rows": queries.priority_list(),
        "ended": queries.priority_list(ended=True)[:50],
        "form": form,
        "keeps": keeps,
    }
    return render(request, "orders/ledger/priority.html", context)


@require(may_order)
@require_POST
def end_priority(request: HttpRequest, listed: int) -> HttpResponse:
    found = get_object_or_404(PriorityVillage, pk=listed)

    def end() -> str:
        end_priority_village(listed=found, by=actor(request))
        return _("%(village)s is off the list from tomorrow on.") % {"village": found.village.name}

    told(request, end)
    return redirect("orders:priority")


@throttled("public")
@require_safe
def export_priority(request: HttpRequest) -> HttpResponseBase:
    headings = [Heading(_("Village"), 40), Heading(_("Basis"), 50), Heading(_("from")), Heading(_("until"))]
    rows = [*queries.priority_list(), *queries.priority_list(ended=True)]
    cells = ([row.village.full_name, row.basis, row.starts_on, row.ends_on] for row in rows)
    return workbook_response(_("priority-villages"), [(_("Priority villages"), headings, cells)])
