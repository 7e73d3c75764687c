"""The shares of an order: who was offered what, what came back, and answers that came on paper."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation import clock, formats
from foundation.access import require
from foundation.answering import done_or_told
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.states import STATES
from lumbung.orders.actions import answering, resplitting
from lumbung.orders.choices import CONFIRMED_STATES, ShareState
from lumbung.orders.forms.filters import ShareFilter
from lumbung.orders.forms.share import DECLINE, PARTLY, AnswerForm, ReleaseForm
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.orders import may_order, may_read_all
from lumbung.orders.queries.progress import counts_of, standings_of
from lumbung.orders.queries.share_list import Wanted, exported_shares, found_among, links_to, share_page
from lumbung.orders.queries.shares import shares_seen_by
from lumbung.orders.queries.stages import stages_of
from lumbung.orders.rules import answer as rules
from lumbung.orders.rules.reasons import reason_sentence
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.orders.views import sheets
from lumbung.orders.views.finding import actor, line_of, order_of, share_of
from lumbung.orders.views.showing import told
from lumbung.people.actions import issue_link, note_personal_reads, revoke_link
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import names_of
from lumbung.people.rules import masked_phone, phone_shown, why_not_answer

LOOKS = {ShareState.WITHDRAWN: "cancelled"}


@dataclass(frozen=True)
class ShareShown:
    share: Share
    look: str
    state: str
    unit: str


def share_shown(share: Share, stage: str = "") -> ShareShown:
    """In the state of its answer, or further on, once rooms above know more."""
    if stage:
        return ShareShown(share, stage, str(STATES[stage].word), unit_of(share.line))
    state = rules.shown_state(share, at=clock.now())
    words = state.label if share.sent_at or state != ShareState.OFFERED else _("Not sent yet")
    return ShareShown(share, LOOKS.get(state, str(state)), str(words), unit_of(share.line))


@require(may_read_all)
@require_GET
def list_shares(request: HttpRequest, code: str) -> HttpResponse:
    order = order_of(request, code)
    form = ShareFilter(request.GET)
    page = share_page(
        _wanted(request, order, form),
        sort=form.value("sort"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    stages = stages_of(page.rows)
    context = {
        "order": order,
        "form": form,
        "page": page,
        "around": around(request, page),
        "rows": [share_shown(share, stages.get(share.pk, "")) for share in page.rows],
        "counts": counts_of(order),
        "standings": [standing for standing in standings_of(order) if standing.is_decided],
        "excel": f"{reverse('orders:shares_export', args=[code])}?{request.GET.urlencode()}",
        "may_order": may_order(request.user),
        "narrowed": bool(form.value("q") or form.value("state")),
    }
    return render(request, "orders/shares.html", context)


def _wanted(request: HttpRequest, order: Order, form: ShareFilter) -> Any:
    shares = shares_seen_by(request.user).filter(line__order=order)
    return found_among(shares, Wanted(form.value("q"), form.value("state"), form.value("sort")))


@require(may_read_all)
@require_GET
def export_shares(request: HttpRequest, code: str) -> HttpResponseBase:
    order = order_of(request, code)
    shares = exported_shares(_wanted(request, order, ShareFilter(request.GET)))
    rows = (sheets.share_row(share, share_shown(share).state) for share in shares)
    return workbook_response(f"{code}-{_('shares')}", [(_("Shares"), sheets.share_headings(), rows)])


@require(may_read_all)
@require_GET
def show_share(request: HttpRequest, code: str, share: int) -> HttpResponse:
    return _show(request, share_of(request, code, share))


def _show(
    request: HttpRequest,
    share: Share,
    *,
    answer: AnswerForm | None = None,
    release: ReleaseForm | None = None,
    phone: str = "",
) -> HttpResponse:
    writes = may_order(request.user)
    why_not = rules.why_not_answer(share, at=clock.now())
    names = names_of([share.sent_by, share.answered_by])
    links = list(links_to(share)) if writes else []
    context = {
        "order": share.line.order,
        "shown": share_shown(share, stages_of([share]).get(share.pk, "")),
        "share": share,
        "goods": goods_of(share.line),
        "reason": reason_sentence(share.reason, share.numbers),
        "why_not": why_not if share.state == ShareState.OFFERED else None,
        "answer": (answer or AnswerForm(share=share)) if writes and why_not is None else None,
        "release": (release or ReleaseForm()) if writes and _can_release(share) else None,
        "sent_by": names.get(share.sent_by, ""),
        "answered_by": names.get(share.answered_by, ""),
        "links": [(link, why_not_answer(link, clock.now())) for link in links],
        "masked": masked_phone(share.maker.owner.phone),
        "phone": phone,
        "may_order": writes,
    }
    return render(request, "orders/share.html", context)


def _can_release(share: Share) -> bool:
    return share.state in CONFIRMED_STATES and share.held_quantity > 0 and not share.line.order.finished_at


@require(may_order)
@require_POST
def show_phone(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """The number in full, and a note for its owner that it was read."""
    found = share_of(request, code, share)
    note_personal_reads(
        reader=actor(request), page=request.path, fields="phone", persons=[found.maker.owner_id]
    )
    return _show(request, found, phone=phone_shown(found.maker.owner.phone))


@require(may_order)
@require_POST
def record_answer(request: HttpRequest, code: str, share: int) -> HttpResponse:
    found = share_of(request, code, share)
    form = AnswerForm(request.POST, share=found)
    if form.is_valid():

        def answer() -> str:
            _answer(found, form, by=actor(request))
            return reverse("orders:share", args=[code, share])

        if address := done_or_told(request, form, answer):
            messages.success(request, _("The answer is kept, with your name."))
            return redirect(address)
    if rules.why_not_answer(found, at=clock.now()):
        messages.warning(request, str(rules.why_not_answer(found, at=clock.now())))
        return redirect("orders:share", code=code, share=share)
    return _show(request, found, answer=form)


def _answer(share: Share, form: AnswerForm, *, by: str) -> None:
    given = form.cleaned_data
    if given["answer"] == DECLINE:
        answering.decline_share(share=share, reason=given["reason"], by=by)
    else:
        answering.accept_share(
            share=share, quantity=given["quantity"] if given["answer"] == PARTLY else None, by=by
        )


@require(may_order)
@require_POST
def record_release(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """Something came between: an officer writes down what a maker gives back."""
    found = share_of(request, code, share)
    form = ReleaseForm(request.POST)
    if form.is_valid():

        def release() -> str:
            answering.release_share(share=found, quantity=form.cleaned_data["quantity"], by=actor(request))
            return reverse("orders:share", args=[code, share])

        if address := done_or_told(request, form, release):
            messages.success(request, _("It is kept. What came back moves on to other makers."))
            return redirect(address)
    return _show(request, found, release=form)


@require(may_order)
@require_POST
def withdraw_link(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """Withdraw every link to a share; asked for, issue a new one."""
    found = share_of(request, code, share)

    def withdraw() -> str:
        for link in links_to(found).filter(revoked_at__isnull=True):
            revoke_link(link, by=actor(request))
        if "renew" not in request.POST:
            return _("The link is withdrawn: it opens nothing any more.")
        issue_link(
            purpose=LinkPurpose.ANSWER_SHARE, subject=found.key, person=found.maker.owner, by=actor(request)
        )
        return _("The old link is withdrawn, and a new one waits in the sending queue.")

    told(request, withdraw)
    return redirect("orders:share", code=code, share=share)


@require(may_order)
@require_POST
def split_again(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """What nobody holds goes to the next makers."""
    found = line_of(request, code, line)

    def again() -> str:
        lapsed = counts_of(found.order).lapsed
        split = resplitting.resplit(line=found, by=actor(request))
        if split is None:
            return _("There was nothing to split again, or nobody is left who could make it.")
        return _("%(quantity)s split again among %(makers)s makers; %(lapsed)s offers had lapsed.") % {
            "quantity": formats.number(split.quantity),
            "makers": formats.number(split.makers),
            "lapsed": formats.number(lapsed),
        }

    told(request, again)
    return redirect("orders:shares", code=code)
