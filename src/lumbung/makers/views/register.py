"""The register as a list, as a workbook, and the entries that seem to be one."""

import io
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.sheets import Heading, Workbook
from lumbung.makers import queries
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.forms import FilterForm
from lumbung.makers.models import Maker
from lumbung.makers.panels import ways_for
from lumbung.makers.queries import Page, Wanted
from lumbung.makers.views.answering import me


@require_safe
@require(queries.may_see_register)
def register(request: HttpRequest) -> HttpResponse:
    """Everybody whom the person may see, by name, fifty at a time."""
    form, makers = _found(request)
    page = queries.page_of(
        makers,
        after=_number(request.GET, "after"),
        before=_number(request.GET, "before"),
        first=_number(request.GET, "first") or 1,
    )
    return render(
        request,
        "makers/list.html",
        {
            "form": form,
            "page": page,
            "is_filtered": any(form.cleaned_data.values()) if form.is_valid() else True,
            "ways": ways_for(request.user),
            "may_keep": queries.may_keep_register(request.user),
            "may_set_lists": queries.may_set_lists(request.user),
            **_addresses(request, page),
        },
    )


def _found(request: HttpRequest) -> tuple[FilterForm, QuerySet[Maker]]:
    form = FilterForm(request.GET if request.GET else {})
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    return form, queries.found_among(queries.makers_seen_by(request.user), wanted)


def _number(given: QueryDict, name: str) -> int:
    """A page's place in the address; nonsense counts as the beginning."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _addresses(request: HttpRequest, page: Page) -> dict[str, str]:
    """Where the neighbouring pages and the workbook are, with the filter kept."""
    kept = QueryDict(mutable=True)
    for name in ("text", "regency", "kind", "state"):
        if request.GET.get(name):
            kept[name] = request.GET[name]
    ways = {"previous_url": ("before", page.before), "next_url": ("after", page.after)}
    firsts = {"previous_url": max(1, page.first - queries.PAGE), "next_url": page.last + 1}
    found = {"excel_url": f"{reverse('makers:sheet')}?{kept.urlencode()}"}
    for name, (way, edge) in ways.items():
        query = kept.copy()
        query[way], query["first"] = str(edge), str(firsts[name])
        found[name] = f"?{query.urlencode()}" if edge else ""
    return found


@require_safe
@require(queries.may_see_register)
def register_sheet(request: HttpRequest) -> HttpResponse:
    """The same makers as a workbook: a row a good, without phones and accounts."""
    _form, makers = _found(request)
    target = io.BytesIO()
    with Workbook(target) as book:
        sheet = book.sheet(_("Makers"), _headings())
        for row in queries.exported_rows(makers):
            sheet.row(_in_words(row))
    response = HttpResponse(
        target.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{_("makers")}.xlsx"'
    return response


def _headings() -> list[Heading]:
    return [
        Heading(_("Name"), 34),
        Heading(_("Kind"), 20),
        Heading(_("Village"), 22),
        Heading(_("District"), 20),
        Heading(_("Regency"), 20),
        Heading(_("Kind of goods"), 26),
        Heading(_("Price per unit")),
        Heading(_("Capacity a week")),
        Heading(_("Smallest lot")),
        Heading(_("Households"), 10),
        Heading(_("State")),
    ]


def _in_words(row: tuple[Any, ...]) -> list[object]:
    return [row[0], MakerKind(row[1]).label, *row[2:-1], MakerState(row[-1]).label]


@require_safe
@require(queries.may_see_register)
def twins(request: HttpRequest) -> HttpResponse:
    """Entries that seem to be one maker, and hold back a turn until somebody has looked."""
    clusters, total = queries.clusters_to_look_at(queries.makers_seen_by(request.user))
    return render(
        request,
        "makers/twins.html",
        {"clusters": clusters, "total": total, "may_keep": queries.may_keep_register(me(request))},
    )
