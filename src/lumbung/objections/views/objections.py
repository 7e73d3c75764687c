"""Objections at the office: the list, one objection with its answer, and the message that it is answered."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import clock, formats
from foundation.access import require
from foundation.answering import done_or_told
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.errors import Refused
from foundation.links import absolute
from foundation.sheets import Heading
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.objections.actions import objecting as actions
from lumbung.objections.forms.objections import AnswerForm, ObjectionFilter
from lumbung.objections.models import Objection, ObjectionAnswer
from lumbung.objections.queries import objections as queries
from lumbung.objections.rules import messages as texts
from lumbung.objections.rules import objections as rules
from lumbung.objections.views.finding import actor
from lumbung.orders.queries.orders import may_read_all
from lumbung.orders.rules.messages import written_in
from lumbung.people.actions import note_personal_reads
from lumbung.people.queries import names_of
from lumbung.people.rules import masked_phone, phone_shown


def _wanted(request: HttpRequest, form: ObjectionFilter) -> Any:
    wanted = queries.Wanted(form.value("q"), form.value("state"), form.value("about"), form.value("sort"))
    return queries.found_among(queries.objections_seen_by(request.user), wanted)


@require(may_read_all)
@require_GET
def list_objections(request: HttpRequest) -> HttpResponse:
    """Who objects to what, and by when it is answered; names and words stand on the page of each."""
    form = ObjectionFilter(request.GET)
    page = queries.objection_page(
        _wanted(request, form),
        sort=form.value("sort"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "form": form,
        "page": page,
        "around": around(request, page),
        "rows": [
            (objection, rules.state_key(objection), rules.state_words(objection)) for objection in page.rows
        ],
        "excel": f"{reverse('objections:export')}?{request.GET.urlencode()}",
        "narrowed": form.is_narrowed,
        "holidays": rules.holidays_sentence(settings.OFFICE_HOLIDAYS, today=clock.today()),
    }
    return render(request, "objections/list.html", context)


@require(may_read_all)
@require_GET
def export_objections(request: HttpRequest) -> HttpResponseBase:
    """The list as Excel: no names and no words, which stand on the page of each."""
    objections = _wanted(request, ObjectionFilter(request.GET))
    headings = [
        Heading(_("Number"), 16),
        Heading(_("Order"), 16),
        Heading(_("Name of the order"), 36),
        Heading(_("About"), 28),
        Heading(_("Filed"), 14),
        Heading(_("To be answered by"), 16),
        Heading(_("State"), 22),
        Heading(_("Answered"), 14),
        Heading(_("In time"), 10),
        Heading(_("Outcome"), 20),
        Heading(_("The answer for everybody"), 60),
    ]
    rows = (_cells(objection) for objection in queries.exported(objections))
    return workbook_response(_("objections"), [(_("Objections"), headings, rows)])


def _cells(objection: Objection) -> list[object]:
    answers = list(objection.answers.all())
    last = answers[-1] if answers else None
    return [
        objection.code,
        objection.order.code,
        objection.order.title,
        objection.get_about_display(),
        formats.local(objection.filed_at),
        objection.due_on,
        rules.state_words(objection),
        formats.local(last.answered_at) if last else "",
        (_("yes") if last.in_time else _("no")) if last else "",
        last.get_outcome_display() if last else "",
        last.public_words if last else "",
    ]


@require(may_read_all)
@require_http_methods(["GET", "POST"])
@never_cache
@opens_whatsapp
def show_objection(request: HttpRequest, number: str) -> HttpResponse:
    """One objection with the own words, and the form of the answer for whoever may give it."""
    objection = get_object_or_404(queries.objections_seen_by(request.user), code=number)
    why_not = _why_not(request, objection)
    form = AnswerForm(request.POST or None) if why_not is None else None
    if form is not None and form.is_valid() and _answered(request, objection, form):
        messages.success(request, _("The answer is kept. Send it now, so that the objector reads it."))
        return redirect("objections:detail", number)
    note_personal_reads(
        reader=actor(request), page=request.path, fields="objection", persons=[objection.person_id]
    )
    return _show(request, objection, form=form, why_not=why_not)


def _why_not(request: HttpRequest, objection: Objection) -> str | None:
    """The reason why who is signed in cannot answer; an auditor reads only."""
    if not queries.may_answer_objections(request.user):
        return ""
    return rules.why_not_answer(
        objection,
        by=actor(request),
        took_part=queries.took_part_in(objection.order),
        answered=queries.answered_by(objection),
        able=[person.full_name for person in queries.able_to_answer(objection)],
    )


def _answered(request: HttpRequest, objection: Objection, form: AnswerForm) -> bool:
    def answer() -> str:
        return str(actions.answer_objection(objection=objection, by=actor(request), **form.cleaned_data).pk)

    return done_or_told(request, form, answer) is not None


def _show(
    request: HttpRequest,
    objection: Objection,
    *,
    form: AnswerForm | None = None,
    why_not: str | None = "",
    phone: str = "",
) -> HttpResponse:
    answers = list(objection.answers.all())
    names = names_of([answer.answered_by for answer in answers] + [answer.told_by for answer in answers])
    context = {
        "objection": objection,
        "order": objection.order,
        "state": rules.state_key(objection),
        "state_words": rules.state_words(objection),
        "days_left": rules.days_left_sentence(objection) if objection.is_open else "",
        "answers": [_answer_row(answer, names) for answer in answers],
        "form": form,
        "why_not": why_not,
        "may_send": bool(answers) and queries.may_answer_objections(request.user),
        "phone": phone,
        "masked": masked_phone(objection.person.phone),
        "may_see_phone": queries.may_answer_objections(request.user),
    }
    return render(request, "objections/detail.html", context)


def _answer_row(answer: ObjectionAnswer, names: dict[str, str]) -> dict[str, Any]:
    return {
        "answer": answer,
        "by": names.get(answer.answered_by, ""),
        "told_by": names.get(answer.told_by, ""),
    }


@require(queries.may_answer_objections)
@require_POST
@never_cache
@opens_whatsapp
def show_phone(request: HttpRequest, number: str) -> HttpResponse:
    """The phone in clear, once; it is noted who read it."""
    objection = get_object_or_404(queries.objections_seen_by(request.user), code=number)
    note_personal_reads(
        reader=actor(request), page=request.path, fields="phone, objection", persons=[objection.person_id]
    )
    why_not = _why_not(request, objection)
    form = AnswerForm() if why_not is None else None
    return _show(request, objection, form=form, why_not=why_not, phone=phone_shown(objection.person.phone))


@require(queries.may_answer_objections)
@require_POST
def send_answer(request: HttpRequest, number: str) -> HttpResponse:
    """Note the answer as sent and open the conversation with the text written."""
    objection = get_object_or_404(queries.objections_seen_by(request.user), code=number)
    try:
        objection, secret = actions.tell_answer(objection=objection, by=actor(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("objections:detail", number)
    person = objection.person
    note_personal_reads(reader=actor(request), page=request.path, fields="phone", persons=[person.pk])
    last = objection.answers.order_by("-round").first()
    assert last is not None
    with written_in(settings.LANGUAGE_CODE):
        outcome = str(last.get_outcome_display()).lower()
    text = texts.answer_message(
        addressed=person.addressed_as,
        code=objection.code,
        order=objection.order.title,
        outcome=outcome,
        address=absolute(request, reverse("objections:follow", args=[secret])),
        office=settings.OFFICE_NAME,
        language=settings.LANGUAGE_CODE,
    )
    return to_whatsapp(person.phone, text)
