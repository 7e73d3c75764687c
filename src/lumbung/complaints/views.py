"""Complaining in public, following it by link, and putting it right at the office."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock, formats
from foundation.access import require
from foundation.answering import answer, done_or_told
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.links import absolute, private
from foundation.sheets import Heading
from foundation.throttle import throttled
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.complaints import actions, forms, queries, rules
from lumbung.complaints.actions import Photo
from lumbung.complaints.models import Complaint
from lumbung.files.queries import attachments_of
from lumbung.money.models import Due
from lumbung.money.queries import words_of
from lumbung.people import rules as people_rules
from lumbung.people.actions import note_personal_reads, usable_secret
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import names_of, open_links

page = require_http_methods(["GET", "HEAD", "POST"])


def _by(request: HttpRequest) -> str:
    key: str = request.user.key  # type: ignore[union-attr]
    return key


# In public, and by link


@throttled("objection")
@page
@never_cache
def complain(request: HttpRequest) -> HttpResponse:
    """Anybody: which goods, what is wrong, name and phone with consent."""
    first = {"lot": request.GET.get("lot", ""), "number": request.GET.get("nomor", "")}
    form = forms.ComplaintForm(request.POST or None, request.FILES or None, initial=first)
    if form.is_valid():
        code = done_or_told(request, form, lambda: _received(form, by=actions.PUBLIC).code)
        if code:
            return redirect(_followed_at(code))
    return render(request, "complaints/complain.html", {"form": form, "days": settings.COMPLAINT_ANSWER_DAYS})


def _received(form: forms.ComplaintForm, *, by: str) -> Complaint:
    typed = form.cleaned_data
    kept = {"source": typed["source"]} if "source" in typed else {}
    photos = [Photo(typed["photo"].file, typed["photo"].name)] if typed.get("photo") else []
    return actions.receive_complaint(
        about=typed["about"],
        words=typed["words"],
        quantity=typed["quantity"],
        full_name=typed["full_name"],
        phone=typed["phone"],
        photos=photos,
        by=by,
        **kept,
    )


def _followed_at(code: str) -> str:
    """Where who complained follows it; computed anew, so that sending twice leads there too."""
    link = open_links([f"complaint:{code}"], LinkPurpose.COMPLAINT).order_by("-pk").first()
    secret = people_rules.secret_or_none(link) if link else None
    return reverse("complaints:follow", args=[secret]) if secret else reverse("complaints:complain")


@private
@require_safe
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """State, first answer, what was done; nothing changes by looking."""
    link, complaint = queries.link_to_complaint(secret)
    if link is None or complaint is None or people_rules.why_not_open(link, clock.now()):
        return render(request, "orders/offer/unknown.html", status=404)
    context = _told(complaint) | {
        "person": link.person,
        "language_url": reverse("complaints:language", args=[secret]),
        "next": request.path,
        "remedies": [each for each in complaint.remedies.all() if each.kind != "due"],
    }
    return render(request, "complaints/follow.html", context)


def _told(complaint: Complaint) -> dict[str, Any]:
    return {
        "complaint": complaint,
        "state": rules.state_of(complaint),
        "sums": rules.sums_of(complaint),
        "is_late": rules.is_late(complaint),
    }


# At the office


@require_safe
@require(queries.may_read_complaints)
def list_complaints(request: HttpRequest) -> HttpResponse:
    """What is wrong with what, and by when it is answered; names stand on the page of each."""
    form = forms.ComplaintFilter(request.GET)
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    found = queries.complaint_page(
        queries.complaints_seen_by(request.user), _wanted(form), after=after, before=before
    )
    context = {
        "form": form,
        "page": found,
        "around": around(request, found),
        "rows": [(each, rules.state_of(each)) for each in found.rows],
        "excel": f"{reverse('complaints:export')}?{request.GET.urlencode()}",
        "narrowed": bool(form.value("text") or form.value("state")),
        "settles": queries.may_settle(request.user),
    }
    return render(request, "complaints/list.html", context)


def _wanted(form: forms.ComplaintFilter) -> queries.Wanted:
    return queries.Wanted(form.value("text"), form.value("state"), newest=form.value("sort") == "new")


@require_safe
@require(queries.may_read_complaints)
def export_complaints(request: HttpRequest) -> HttpResponseBase:
    """The list as Excel: no names, no phones, no words."""
    headings = [
        Heading(_("Number"), 16),
        Heading(_("Received"), 14),
        Heading(_("First answer by"), 16),
        Heading(_("State"), 26),
        Heading(_("Complained of"), 14),
        Heading(_("Replaced"), 12),
        Heading(_("Refunded"), 12),
        Heading(_("Nothing to it"), 14),
        Heading(pgettext("complaint", "Still open"), 12),
        Heading(_("Closed on"), 14),
    ]
    wanted = _wanted(forms.ComplaintFilter(request.GET))
    rows = (_cells(each) for each in queries.exported(queries.complaints_seen_by(request.user), wanted))
    return workbook_response(_("complaints"), [(_("Complaints"), headings, rows)])


def _cells(one: Complaint) -> list[object]:
    return [
        one.code,
        formats.local(one.received_at),
        one.due_on,
        rules.state_of(one)[1],
        one.quantity,
        one.replaced_quantity,
        one.refunded_quantity,
        one.dismissed_quantity,
        one.open_quantity,
        formats.local(one.closed_at) if one.closed_at else "",
    ]


@page
@require(queries.may_settle)
def write_down(request: HttpRequest) -> HttpResponse:
    """A complaint as the buyer or somebody else told it to the office."""
    first = {"lot": request.GET.get("lot", ""), "number": request.GET.get("nomor", "")}
    form = forms.OfficeForm(request.POST or None, request.FILES or None, initial=first)

    def keep() -> str:
        return _received(form, by=_by(request)).get_absolute_url()

    done = _("The complaint is written down.")
    context = {"form": form, "title": _("Write down a complaint"), "back": reverse("complaints:list")}
    return answer(request, form, keep, done=done) or render(request, "complaints/form.html", context)


@require_safe
@require(queries.may_read_complaints)
@never_cache
@opens_whatsapp
def show_complaint(request: HttpRequest, code: str) -> HttpResponse:
    """One complaint: who, what, the trace back to households and material, what was done."""
    complaint = get_object_or_404(queries.complaints_seen_by(request.user), code=code)
    note_personal_reads(reader=_by(request), page=request.path, fields="phone", persons=[complaint.person_id])
    remedies = list(complaint.remedies.select_related("recall").order_by("pk"))
    names = names_of(
        [complaint.answered_by, complaint.closed_by, complaint.received_by, *(r.made_by for r in remedies)]
    )
    settles = queries.may_settle(request.user)
    context = _told(complaint) | {
        "trace": queries.trace_of(complaint),
        "remedies": [(each, names.get(each.made_by, "")) for each in remedies],
        "photos": attachments_of(complaint.key, seen_by=request.user),
        "answered_by": names.get(complaint.answered_by, ""),
        "closed_by": names.get(complaint.closed_by, ""),
        "received_by": names.get(complaint.received_by, _("the public page")),
        "settles": settles and complaint.is_open,
        "sends": settles and complaint.answered_at is not None and bool(complaint.person.phone),
        "why_not_close": rules.why_not_close(complaint, by=_by(request)),
        "phone": people_rules.masked_phone(complaint.person.phone),
    }
    return render(request, "complaints/detail.html", context)


def _settled(
    request: HttpRequest,
    complaint: Complaint,
    form: django_forms.Form,
    deed: Callable[[dict[str, Any]], object],
    *,
    title: str,
    lead: str = "",
) -> HttpResponse:
    """A form about a complaint: do it and go back to it, or say what to put right."""

    def do() -> str:
        deed(form.cleaned_data)
        return complaint.get_absolute_url()

    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "back": complaint.get_absolute_url(),
        "complaint": complaint,
        "closed": rules.why_not_touch(complaint),
    }
    done = _("It is written down.")
    return answer(request, form, do, done=done) or render(request, "complaints/form.html", context)


def _complaint(request: HttpRequest, code: str) -> Complaint:
    return get_object_or_404(queries.complaints_seen_by(request.user), code=code)


@page
@require(queries.may_settle)
def give_answer(request: HttpRequest, code: str) -> HttpResponse:
    complaint = _complaint(request, code)
    form = forms.AnswerForm(request.POST or None)
    return _settled(
        request, complaint, form,
        lambda typed: actions.answer_complaint(complaint=complaint, answer=typed["answer"], by=_by(request)),
        title=_("First answer"),
    )  # fmt: skip


@page
@require(queries.may_settle)
def settle(request: HttpRequest, code: str) -> HttpResponse:
    complaint = _complaint(request, code)
    form = forms.SettleForm(request.POST or None, initial={"quantity": complaint.open_quantity or None})

    def do(typed: dict[str, Any]) -> object:
        given = typed | {"refund_rupiah": typed["refund_rupiah"] or 0}
        return actions.settle_pieces(complaint=complaint, **given, by=_by(request))

    lead = _("%(open)s of %(all)s pieces are still open.") % {
        "open": formats.number(complaint.open_quantity),
        "all": formats.number(complaint.quantity),
    }
    return _settled(request, complaint, form, do, title=_("Settle pieces"), lead=lead)


@page
@require(queries.may_settle)
def recall(request: HttpRequest, code: str) -> HttpResponse:
    complaint = _complaint(request, code)
    lots = {str(lot.pk): lot for lot in queries.trace_of(complaint).lots if lot.recall_id is None}
    form = forms.RecallForm(request.POST or None, lots=list(lots.values()))

    def do(typed: dict[str, Any]) -> object:
        return actions.recall_for(
            complaint=complaint,
            lots=[lots[pk] for pk in typed["lots"]],
            reason=typed["reason"],
            advice=typed["advice"],
            by=_by(request),
        )

    lead = _("Whoever types the code of a recalled lot reads the reason, and what to do with it.")
    return _settled(request, complaint, form, do, title=_("Recall lots"), lead=lead)


@page
@require(queries.may_settle)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    complaint = _complaint(request, code)
    dues = queries.dues_behind(complaint)
    names = words_of({due.share for due in dues})
    form = forms.DueForm(request.POST or None, dues=[(due, names.get(due.share, due.share)) for due in dues])

    def do(typed: dict[str, Any]) -> object:
        due = Due.objects.get(pk=int(typed["due"]))
        return actions.correct_due_for(
            complaint=complaint,
            due=due,
            right_rupiah=typed["right_rupiah"],
            reason=typed["reason"],
            by=_by(request),
        )

    lead = _("Nothing is taken from a maker by itself. Decide it, and say why: the maker reads the reason.")
    return _settled(request, complaint, form, do, title=_("Correct what a maker earned"), lead=lead)


@page
@require(queries.may_settle)
def close(request: HttpRequest, code: str) -> HttpResponse:
    complaint = _complaint(request, code)
    form = forms.CloseForm(request.POST or None)
    return _settled(
        request, complaint, form,
        lambda typed: actions.close_complaint(complaint=complaint, reason=typed["reason"], by=_by(request)),
        title=_("Close the complaint"),
        lead=rules.why_not_close(complaint, by=_by(request)) or "",
    )  # fmt: skip


@require_POST
@require(queries.may_settle)
def send_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Open WhatsApp with the way to the answer."""
    complaint = _complaint(request, code)
    person = complaint.person
    secret = usable_secret(
        purpose=LinkPurpose.COMPLAINT, subject=complaint.key, person=person, by=_by(request)
    )
    text = rules.answer_message(
        addressed=person.addressed_as,
        code=complaint.code,
        address=absolute(request, reverse("complaints:follow", args=[secret])),
        office=settings.OFFICE_NAME,
        language=settings.LANGUAGE_CODE,
    )
    return to_whatsapp(person.phone, text)
