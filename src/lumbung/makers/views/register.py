"""The register as a list, as a workbook, and the entries that seem to be one."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.makers import queries
from lumbung.makers.forms import FilterForm
from lumbung.makers.queries import Page, Wanted
from lumbung.makers.rules.imports import number_words
from lumbung.makers.views.answering import me
from lumbung.makers.views.sheets import PERSONAL_FIELDS, register_sheet_of
from lumbung.people.actions import note_personal_reads

MOST_CLUSTERS = 10_000


@require_safe
@require(queries.may_see_register)
def register(request: HttpRequest) -> HttpResponse:
    """Everybody whom the person may see, a page at a time."""
    form, wanted = _wanted(request.GET)
    page = queries.page_of(
        queries.found_among(queries.makers_seen_by(request.user), wanted),
        sort=wanted.sort,
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
            "is_filtered": replace(wanted, sort=queries.BY_NAME) != Wanted() or not form.is_valid(),
            "may_keep": queries.may_keep_register(request.user),
            "may_set_lists": queries.may_set_lists(request.user),
            **_addresses(request, page),
        },
    )


def _wanted(asked: QueryDict) -> tuple[FilterForm, Wanted]:
    form = FilterForm(asked)
    return form, Wanted(**form.cleaned_data) if form.is_valid() else Wanted()


def _number(given: QueryDict, name: str) -> int:
    """A page's place in the address; nonsense counts as the beginning."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _addresses(request: HttpRequest, page: Page) -> dict[str, str]:
    """Where the neighbouring pages and the workbook are, with the filter kept."""
    kept = QueryDict(mutable=True)
    for name in ("text", "regency", "kind", "state", "sort"):
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
def register_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same makers as a workbook: a row a good, without phones, houses and accounts."""
    _form, wanted = _wanted(request.GET)
    makers = queries.found_among(queries.makers_seen_by(request.user), wanted)
    sheet = register_sheet_of(queries.exported_rows(makers), whole=False)
    return workbook_response(_("makers"), [sheet])


@require_POST
@never_cache
@require(queries.may_keep_register)
def whole_sheet(request: HttpRequest) -> HttpResponseBase:
    """The makers whose entries the person keeps, with phones and accounts; who took them is written down."""
    _form, wanted = _wanted(request.POST)
    makers = queries.found_among(queries.makers_kept_by(request.user), wanted)
    note_personal_reads(
        reader=me(request).key,
        page=request.path,
        fields=PERSONAL_FIELDS,
        persons=makers.order_by().values_list("owner_id", flat=True),
    )
    sheet = register_sheet_of(queries.exported_rows(makers), whole=True)
    return workbook_response(_("makers-with-phones"), [sheet])


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


@require_safe
@require(queries.may_see_register)
def twins_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook: a row a maker, those that seem one under one number."""
    clusters, _total = queries.clusters_to_look_at(queries.makers_seen_by(request.user), most=MOST_CLUSTERS)
    headings = [
        Heading(_("Group"), 8),
        Heading(_("They share"), 30),
        Heading(_("Maker's number"), 12),
        Heading(_("Name of the business"), 34),
        Heading(_("Village"), 22),
        Heading(_("Regency"), 20),
        Heading(_("Takes the turn"), 14),
    ]
    rows = (
        [
            number,
            cluster.sign.label,
            number_words(maker.pk),
            str(maker),
            maker.village.name,
            maker.village.district.regency.short_name,
            maker is cluster.makers[0],
        ]
        for number, cluster in enumerate(clusters, start=1)
        for maker in cluster.makers
    )
    return workbook_response(_("entries-that-seem-one"), [(_("Entries that seem to be one"), headings, rows)])
