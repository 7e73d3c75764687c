"""Looking at pieces: the plan, the counts, what is wrong; the line's sampling plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.access import require
from foundation.answering import answer, done_or_told, press
from foundation.entries import note_faults
from lumbung.deliveries import actions, queries, rules
from lumbung.deliveries.choices import Round
from lumbung.deliveries.forms import InspectionForm, TermsForm
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.views.finding import actor, delivery_of, entry_key
from lumbung.orders.models import OrderLine
from lumbung.orders.rules.wording import goods_of, unit_of

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(queries.may_inspect)
def inspect(request: HttpRequest, code: str) -> HttpResponse:
    """Pieces that nobody has looked at yet."""
    return _look(request, delivery_of(request, code), Round.FIRST)


@page
@require(queries.may_inspect)
def inspect_again(request: HttpRequest, code: str) -> HttpResponse:
    """Pieces that came back from rework."""
    return _look(request, delivery_of(request, code), Round.AGAIN)


def _look(request: HttpRequest, delivery: Delivery, round_: Round) -> HttpResponse:
    running = queries.running_inspection(delivery)
    mine = running if running and running.opened_by == actor(request) and running.round == round_ else None
    plan = rules.plan_kept(mine) if mine else queries.plan_of(delivery, round_)
    form = InspectionForm(plan, request.POST if request.method == "POST" else None, request.FILES or None)
    if form.bound and not form.is_valid():
        note_faults(request, next(part for part in form.parts if part.errors))
    elif form.bound and (address := _closed(request, delivery, round_, form)):
        messages.success(request, _("The inspection is kept. Every piece is accounted for."))
        return redirect(address)
    return render(request, "deliveries/inspect.html", _told(request, delivery, round_, form))


def _closed(request: HttpRequest, delivery: Delivery, round_: Round, form: InspectionForm) -> str | None:
    counted = form.count.cleaned_data

    def deed() -> str:
        actions.close_inspection(
            delivery=delivery, round_=round_, accepted=counted["accepted"] or 0, findings=form.found,
            photos=form.photos, seen=counted["seen"], note=counted["note"], by=actor(request),
            entry_key=entry_key(request),
        )  # fmt: skip
        return delivery.get_absolute_url()

    return done_or_told(request, form.count, deed)


def _told(request: HttpRequest, delivery: Delivery, round_: Round, form: InspectionForm) -> dict[str, object]:
    delivery.refresh_from_db()
    running = queries.running_inspection(delivery)
    other = running if running and running.opened_by != actor(request) else None
    plan = rules.plan_kept(running) if running and not other else queries.plan_of(delivery, round_)
    name = queries.name_behind(running.opened_by) if running else ""
    return {
        "delivery": delivery,
        "share": delivery.share,
        "order": delivery.share.line.order,
        "goods": goods_of(delivery.share.line),
        "unit": unit_of(delivery.share.line),
        "again": round_ == Round.AGAIN,
        "plan": plan,
        "plan_words": rules.plan_sentence(plan),
        "plan_reason": rules.plan_reason(plan),
        "form": form,
        "running": running,
        "other": other,
        "other_words": rules.why_not_open(delivery, round_, opened=other, name=name, by=actor(request))
        if other
        else "",
        "why_not": None if plan.lot else rules.why_nothing_left(round_),
        "back": delivery.get_absolute_url(),
    }


@require_POST
@require(queries.may_inspect)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """From now on others read who looks; or an inspection that somebody left is taken over."""
    delivery = delivery_of(request, code)
    round_ = Round.AGAIN if request.POST.get("round") == Round.AGAIN else Round.FIRST
    back = reverse("deliveries:again" if round_ == Round.AGAIN else "deliveries:inspect", args=[code])

    def deed() -> None:
        actions.open_inspection(
            delivery=delivery, round_=round_, take_over="take_over" in request.POST, by=actor(request)
        )

    return press(request, deed, back=back, done=_("You are inspecting this delivery now. Others see it."))


@page
@require(queries.may_set_terms)
def set_terms(request: HttpRequest, line: int) -> HttpResponse:
    """Somebody answers for how a line is inspected."""
    found = get_object_or_404(OrderLine.objects.select_related("order", "kind"), pk=line)
    terms = queries.terms_of(found.pk)
    form = TermsForm(request.POST or None, terms=terms)

    def confirm() -> str:
        actions.confirm_terms(line=found, by=actor(request), **form.cleaned_data)
        return reverse("deliveries:order", args=[found.order.code])

    context = {
        "form": form,
        "terms": terms,
        "by": queries.name_behind(terms.confirmed_by) if terms else "",
        "order": found.order,
        "goods": goods_of(found),
        "source": queries.tables().source,
        "examples": queries.plans_told(form.initial["level"], form.initial["aql_bp"]),
    }
    done = _("The sampling plan counts for every inspection that begins from now on.")
    return answer(request, form, confirm, done=done) or render(request, "deliveries/terms.html", context)
