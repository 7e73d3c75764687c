from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.access import signed_in
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.people import queries, rules
from lumbung.people.models import Person

MOST_IN_EXCEL = 50_000


@require_safe
@signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """One's own page: name, roles, and who read one's personal fields."""
    assert isinstance(request.user, Person)
    shown = {"phone": rules.phone_shown(request.user.phone), "reads": queries.reads_about(request.user)}
    return render(request, "people/account.html", shown)


@require_safe
@signed_in
@never_cache
def reads_sheet(request: HttpRequest) -> HttpResponseBase:
    """Who read one's own personal fields, as a workbook."""
    assert isinstance(request.user, Person)
    headings = [
        Heading(_("Who"), 34),
        Heading(_("When"), 18),
        Heading(_("What"), 34),
        Heading(_("On which page"), 40),
    ]
    reads = queries.reads_about(request.user, most=MOST_IN_EXCEL)
    rows = ([read.reader, read.at, read.fields, read.page] for read in reads)
    return workbook_response(_("who-read"), [(_("Who read your personal fields"), headings, rows)])
