"""Makers without work for ninety days: the list, and a message to each."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation import formats
from foundation.access import require
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.links import absolute
from foundation.sheets import Heading
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.people.actions import note_personal_reads
from lumbung.scorecards import actions, queries
from lumbung.scorecards.choices import IDLE_DAYS
from lumbung.scorecards.forms import IdleFilter
from lumbung.scorecards.queries import idle as found
from lumbung.scorecards.queries.idle import Wanted
from lumbung.scorecards.rules.messages import idle_message
from lumbung.scorecards.views.finding import actor, marks


def _wanted(request: HttpRequest) -> tuple[IdleFilter, Wanted]:
    form = IdleFilter(request.GET)
    return form, Wanted(form.value("text"), form.value("history"), newest=form.is_newest_first)


@require_safe
@require(queries.may_read_records)
@opens_whatsapp
def list_idle(request: HttpRequest) -> HttpResponse:
    """Whose hands have nothing to do."""
    form, wanted = _wanted(request)
    page = found.idle_page(wanted, **marks(request))
    context = {
        "form": form,
        "page": page,
        "around": around(request, page),
        "rows": found.with_last(page.rows),
        "excel": f"{reverse('scorecards:idle_export')}?{request.GET.urlencode()}",
        "narrowed": form.is_narrowed,
        "writes": queries.may_decide_flags(request.user),
        "days": IDLE_DAYS,
    }
    return render(request, "scorecards/idle.html", context)


@require_safe
@require(queries.may_read_records)
def export_idle(request: HttpRequest) -> HttpResponseBase:
    headings = [
        Heading(_("Maker"), 34),
        Heading(_("Village"), 40),
        Heading(_("Last work was due"), 18),
        Heading(_("The office wrote on"), 18),
    ]
    rows = (_cells(idle) for idle in found.exported(_wanted(request)[1]))
    return workbook_response(_("makers without work"), [(_("Makers without work"), headings, rows)])


def _cells(idle: found.Idle) -> list[object]:
    return [
        str(idle.maker),
        idle.maker.village.full_name,
        idle.last_due_on or "",
        formats.local(idle.asked_at) if idle.asked_at else "",
    ]


@require_POST
@require(queries.may_decide_flags)
def ask(request: HttpRequest, maker: int) -> HttpResponse:
    """Open WhatsApp with a question: are you still making, and what can you make?"""
    one = get_object_or_404(found.makers_without_work(), pk=maker)
    if not one.owner.phone:
        messages.error(request, _("No phone number is known of this maker."))
        return redirect("scorecards:idle")
    actions.note_asked(maker=one, by=actor(request))
    note_personal_reads(reader=actor(request), page=request.path, fields="phone", persons=[one.owner_id])
    text = idle_message(
        addressed=one.owner.addressed_as,
        you=one.owner.you,
        address=absolute(request, reverse("orders:public_list")),
        office=settings.OFFICE_NAME,
        language=settings.LANGUAGE_CODE,
    )
    return to_whatsapp(one.owner.phone, text)
