"""One share in production, for the office: what was told, what is likely, and what goes to others."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation import formats
from foundation.access import require
from foundation.answering import done_or_told, press
from foundation.errors import Refused
from foundation.links import absolute, page_of
from foundation.once import FIELD, new_token
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.orders.actions.answering import release_share
from lumbung.orders.models import Share
from lumbung.orders.rules.offer import goods_words
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import holders_of_links, names_of
from lumbung.production.actions.making import correct_made, tell_made
from lumbung.production.actions.sending import Reached, reach_maker
from lumbung.production.actions.standards import confirm_standard
from lumbung.production.choices import STANDING_KEYS
from lumbung.production.forms.office import GiveBackForm, NotedForm
from lumbung.production.models import Made
from lumbung.production.queries import making as makings
from lumbung.production.queries import parts, standards
from lumbung.production.queries.access import may_read_all, may_write
from lumbung.production.queries.progress import row_of
from lumbung.production.rules import messages as texts
from lumbung.production.rules.forecast import forecast_sentence, warning_sentence
from lumbung.production.rules.standard import why_not_confirm, why_not_start
from lumbung.production.views.finding import actor, share_of

MOST = 60


@require(may_read_all)
@require_safe
@never_cache
@opens_whatsapp
def show(request: HttpRequest, code: str, share: int) -> HttpResponse:
    return _show(request, share_of(request, code, share))


def _show(
    request: HttpRequest, share: Share, *, noted: NotedForm | None = None, back: GiveBackForm | None = None
) -> HttpResponse:
    writes = may_write(request.user)
    row, unit = row_of(share), unit_of(share.line)
    standard, making = standards.standard_of(share.line), standards.making_of(share)
    members = list(parts.parts_of(share))
    made = parts.made_by_members(share)
    entries = list(makings.entries_of(share)[:MOST])
    told = row.told if row else None
    context: dict[str, Any] = {
        "order": share.line.order,
        "share": share,
        "goods": goods_of(share.line),
        "unit": unit,
        "row": row,
        "key": STANDING_KEYS[row.standing] if row else "",
        "standard": standard,
        "making": making,
        "why_not_confirm": why_not_confirm(share, standard),
        "why_not_start": why_not_start(share, standard, making),
        "members": [(part, made.get(part.person_id, 0)) for part in members],
        "entries": _with_names(entries),
        "days": makings.days_of(share),
        "forecast": forecast_sentence(told, unit=unit) if told else "",
        "warning": warning_sentence(told, unit=unit) if told and told.warns and told.missing else "",
        "writes": writes,
        "note": noted or (NotedForm(parts=members) if writes else None),
        "give_back": back or _proposed(row.missing if row else 0, writes=writes),
    }
    return render(request, "production/making.html", context)


def _with_names(entries: list[Made]) -> list[tuple[Made, str]]:
    """Each entry with the name of who told it."""
    keys = {entry.entered_by for entry in entries}
    names = names_of(keys) | holders_of_links(keys)
    return [(entry, names.get(entry.entered_by, "")) for entry in entries]


def _proposed(missing: int, *, writes: bool) -> GiveBackForm | None:
    return GiveBackForm(initial={"quantity": missing}) if writes and missing else None


def _address(share: Share) -> str:
    return reverse("production:making", args=[share.line.order.code, share.pk])


@require(may_write)
@require_POST
def confirm(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """The maker has confirmed the sheet on paper or by phone."""
    found = share_of(request, code, share)
    return press(
        request,
        lambda: confirm_standard(share=found, by=actor(request)),
        back=_address(found),
        done=_("The confirmation is kept, with your name."),
    )


@require(may_write)
@require_POST
def note(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """What the maker told on paper or by phone."""
    found = share_of(request, code, share)
    form = NotedForm(request.POST, parts=list(parts.parts_of(found)))
    if form.is_valid():
        given = form.cleaned_data
        try:
            tell_made(
                share=found,
                quantity=given["quantity"],
                made_on=given["made_on"],
                part=given.get("part"),
                entry_key=request.POST.get(FIELD, "")[:40] or new_token(),
                by=actor(request),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("It is kept, with your name."))
            return redirect(_address(found))
    return _show(request, found, noted=form)


@require(may_write)
@require_POST
def correct(request: HttpRequest, code: str, share: int, entry: int) -> HttpResponse:
    """Take an entry back; the right one is told anew."""
    found = share_of(request, code, share)
    told = get_object_or_404(makings.entries_of(found), pk=entry)
    told.share = found
    return press(
        request,
        lambda: correct_made(entry=told, quantity=0, entry_key=f"batal-{entry}", by=actor(request)),
        back=_address(found),
        done=_("The entry is taken back; it stays in the history."),
    )


@require(may_write)
@require_POST
def give_back(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """What will be missing goes back, and on to other makers: decided here, never by itself."""
    found = share_of(request, code, share)
    form = GiveBackForm(request.POST)
    if form.is_valid():

        def release() -> str:
            release_share(share=found, quantity=form.cleaned_data["quantity"], by=actor(request))
            return _address(found)

        if address := done_or_told(request, form, release):
            messages.success(request, _("It is kept. What came back moves on to other makers."))
            return redirect(address)
    return _show(request, found, back=form)


@require(may_write)
@require_POST
@opens_whatsapp
def send(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """Open the conversation: about the sheet while it is not confirmed, about the pieces after that."""
    found = share_of(request, code, share)
    try:
        reached = reach_maker(share=found, by=actor(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(_address(found))
    return to_whatsapp(reached.person.phone, _message(request, found, reached))


def _message(request: HttpRequest, share: Share, reached: Reached) -> str:
    standard, making = standards.standard_of(share.line), standards.making_of(share)
    begun = why_not_start(share, standard, making) is None
    purpose = LinkPurpose.CAPTAIN_BUNDLE if reached.is_captain else LinkPurpose.ANSWER_SHARE
    page = page_of(purpose, reached.secret)
    below = f"{share.pk}/" if reached.is_captain else ""
    address = absolute(request, f"{page}{below}{'hasil' if begun else 'standar'}/")
    said = {
        "addressed": reached.person.addressed_as,
        "unit": unit_of(share.line),
        "office": str(settings.OFFICE_NAME),
        "address": address,
        "language": get_language() or "id",
    }
    if not begun:
        return texts.sheet_message(quantity=share.held_quantity, goods=goods_words(share.line), **said)
    row = row_of(share)
    left = row.held - row.made if row else share.held_quantity
    return texts.progress_message(left=left, due=formats.day_long(share.line.order.due_on), **said)
