from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.access import require
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.records import queries
from lumbung.records.forms import FilterForm
from lumbung.records.models import Record
from lumbung.records.queries import Checked, Fault, Told

MOST_IN_EXCEL = 50_000


@require_safe
@require("records")
def record_list(request: HttpRequest) -> HttpResponse:
    """All records, newest first."""
    form = FilterForm(request.GET or None)
    page = queries.page_of(
        form.wanted(), before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    shown = {"form": form, "page": page, "kept": _kept(request)}
    return render(request, "records/list.html", shown)


def _kept(request: HttpRequest) -> str:
    """The filter, for addresses of further pages."""
    asked = request.GET.copy()
    for name in ("before", "after"):
        asked.pop(name, None)
    return asked.urlencode()


@require_safe
@require("records")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: what it says, what it hangs on, and the seal that covers it."""
    found = get_object_or_404(Record, pk=pk)
    shown = {"told": queries.told([found])[0], "seal": queries.seal_over(found)}
    return render(request, "records/record.html", shown)


@require_safe
@require("records")
def record_sheet(request: HttpRequest) -> HttpResponseBase:
    """The list as a workbook; the newest fifty thousand."""
    rows = queries.records_wanted(FilterForm(request.GET or None).wanted())[:MOST_IN_EXCEL]
    told_rows = (_row(told) for told in queries.told_in_slices(rows))
    return workbook_response(f"catatan-{clock.today()}", [(_("Records"), _headings(), told_rows)])


def _row(told: Told) -> list[object]:
    found = told.record
    return [found.pk, found.at, told.actor, told.sentence, found.subject, found.position, found.hash]


def _headings() -> list[Heading]:
    return [
        Heading(_("Number"), 10),
        Heading(_("When"), 18),
        Heading(_("Who"), 24),
        Heading(_("What happened"), 70),
        Heading(_("Chain"), 20),
        Heading(_("Place in the chain"), 10),
        Heading(_("Hash"), 66),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@require("records")
@never_cache
def check(request: HttpRequest) -> HttpResponseBase:
    """The check of all records; POST runs it and shows how far it is, line by line."""
    if request.method != "POST":
        shown = {"seal": queries.latest_seal(), "failed": queries.failed_deliveries().count()}
        return render(request, "records/check.html", shown)
    page = render_to_string("records/checking.html", {"split": SPLIT}, request)
    return StreamingHttpResponse(_streamed(page), content_type="text/html; charset=utf-8")


SPLIT = "<!-- the check goes on here -->"


def _streamed(page: str) -> Iterator[str]:
    head, _split, foot = page.partition(SPLIT)
    yield head
    count, last, total = 0, -1, 0
    for found in queries.check():
        if isinstance(found, Fault):
            count += 1
            yield render_to_string(
                "records/parts/fault.html", {"fault": found, "chain": queries.called(found.subject)}
            )
            continue
        total = found.total
        if (tenth := _tenths(found)) != last:
            last = tenth
            yield render_to_string("records/parts/checked.html", {"checked": found, "percent": tenth * 10})
    yield render_to_string("records/parts/checked_all.html", {"faults": count, "records": total // 2})
    yield foot


def _tenths(checked: Checked) -> int:
    return checked.done * 10 // checked.total if checked.total else 10
