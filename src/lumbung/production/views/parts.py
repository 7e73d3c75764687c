"""A captain's page: who makes which part, what each is paid, and who has agreed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.links import absolute
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.production.actions.parts import Member, confirm_part, correct_part, pass_part
from lumbung.production.actions.sending import reach_member
from lumbung.production.forms.telling import ChangePartForm, ConfirmForm, PartForm
from lumbung.production.models import Part
from lumbung.production.queries import parts as queries
from lumbung.production.rules import messages as texts
from lumbung.production.rules.parts import why_not_confirm_part, why_not_member_link
from lumbung.production.rules.standard import why_not_hold
from lumbung.production.views.opening import Opened, answered, entry_key_of, opened, told


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def list_parts(request: HttpRequest, opened: Opened) -> HttpResponse:
    """All parts of a share, and one more."""
    reason = opened.why_not or why_not_hold(opened.share)
    houses = queries.members_without_part(opened.share)
    form = PartForm(request.POST or None, houses=houses, answering=opened.link.person)
    if reason is None and answered(request, form, opened.link, lambda: _pass(request, opened, form)):
        return redirect(f"{opened.address}bagian/")
    made = queries.made_by_members(opened.share)
    parts = list(queries.parts_of(opened.share))
    passed = sum(part.quantity for part in parts)
    context = told(request, opened) | {
        "form": form,
        "why_not": reason,
        "rows": [(part, made.get(part.person_id, 0)) for part in parts],
        "passed": passed,
        "left": opened.share.held_quantity - passed,
        "pay": sum(part.value_rupiah for part in parts),
    }
    return render(request, "production/link/parts.html", context)


def _pass(request: HttpRequest, opened: Opened, form: PartForm) -> None:
    given = form.cleaned_data
    pass_part(
        share=opened.share,
        member=Member(given.get("household"), given["full_name"], given["phone"]),
        quantity=given["quantity"],
        pay_rupiah=given["pay_rupiah"],
        entry_key=entry_key_of(request),
        by=opened.link.key,
    )


def _part_of(opened: Opened, part: int) -> Part:
    found = queries.parts_of(opened.share).filter(pk=part).first()
    if found is None:
        raise Http404
    found.share = opened.share
    return found


@opened
@require_http_methods(["GET", "HEAD", "POST"])
@opens_whatsapp
def show_part(request: HttpRequest, opened: Opened, part: int) -> HttpResponse:
    """One member: agree on this phone, send the own link, change the part."""
    found = _part_of(opened, part)
    agrees = "agree" in request.POST
    person = opened.link.person
    agree = ConfirmForm(request.POST if agrees else None, answering=person, prefix="agree")
    change = ChangePartForm(
        request.POST if request.method == "POST" and not agrees else None,
        answering=person,
        initial={"quantity": found.quantity, "pay_rupiah": found.pay_rupiah},
    )
    form, deed = (agree, _agreed) if agrees else (change, _changed)
    if answered(request, form, opened.link, lambda: deed(request, opened, found, form)):
        return redirect(f"{opened.address}bagian/")
    context = told(request, opened) | {
        "member": found,
        "agree": agree,
        "form": change,
        "why_not": opened.why_not,
        "why_not_agree": why_not_confirm_part(found, is_corrected=False),
        "why_not_link": why_not_member_link(found, is_corrected=False),
        "made": queries.made_by_member(opened.share, found.person_id),
    }
    return render(request, "production/link/part.html", context)


def _agreed(_request: HttpRequest, opened: Opened, part: Part, _form: Any) -> None:
    confirm_part(part=part, by=opened.link.key)


def _changed(request: HttpRequest, opened: Opened, part: Part, form: Any) -> None:
    correct_part(
        part=part,
        quantity=form.cleaned_data["quantity"],
        pay_rupiah=form.cleaned_data["pay_rupiah"],
        entry_key=entry_key_of(request),
        by=opened.link.key,
    )


@opened
@require_POST
@opens_whatsapp
def send_part(request: HttpRequest, opened: Opened, part: int) -> HttpResponse:
    """Open the conversation with the member, the own link written in it."""
    found = _part_of(opened, part)
    try:
        reached = reach_member(part=found, by=opened.link.key)
    except Refused:
        return redirect(f"{opened.address}bagian/{part}/")
    said = told(request, opened)
    text = texts.part_message(
        addressed=found.person.addressed_as,
        quantity=found.quantity,
        unit=said["unit"],
        goods=said["goods"],
        pay_rupiah=found.pay_rupiah,
        captain=str(opened.share.maker),
        address=absolute(request, reverse("production:member", args=[reached.secret])),
        language=get_language() or "id",
    )
    return to_whatsapp(found.person.phone, text)
