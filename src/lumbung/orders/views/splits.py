"""Who is eligible, the split with its proof, and its way to a decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import clock, marking
from foundation.access import require
from foundation.answering import done_or_told
from foundation.around import around, behind, count_in
from foundation.downloads import workbook_response
from foundation.errors import Refused
from foundation.work import start
from lumbung.orders.actions import long, splitting
from lumbung.orders.choices import BUDGETS_BP, Reason, SplitState
from lumbung.orders.forms.order import ReturnForm
from lumbung.orders.models import OrderLine, Split
from lumbung.orders.queries import splits as queries
from lumbung.orders.queries.candidates import is_large
from lumbung.orders.queries.eligibility import eligibility_of, rows_of
from lumbung.orders.queries.kept_eligibility import found_for
from lumbung.orders.queries.orders import may_decide, may_order, may_read_all
from lumbung.orders.rules import deciding, snapshot
from lumbung.orders.rules.wording import line_title
from lumbung.orders.views import sheets, split_page
from lumbung.orders.views.finding import actor, line_of, split_of
from lumbung.orders.views.showing import told


@require(may_read_all)
@require_http_methods(["GET", "POST"])
def show_eligibility(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """Works for a draft: before anything is published one sees whether it can be done."""
    wanted = line_of(request, code, line)
    if request.method == "POST":
        return _eligibility_apart(request, wanted)
    reason = request.GET.get("reason", "")
    reason = reason if reason in Reason.values else ""
    found = found_for(
        wanted, reason=reason, able=count_in(request, "able"), unable=count_in(request, "unable")
    )
    if found is None:
        return render(request, "orders/uncounted.html", split_page.uncounted_context(wanted))
    able, unable = found.able, found.unable
    context = split_page.eligibility_context(request, wanted, found.overview) | {
        "is_old": found.is_old,
        "able": able,
        "able_around": behind(request, "able", able.before, able.after, anchor="able"),
        "unable": unable,
        "unable_around": behind(request, "unable", unable.before, unable.after, anchor="unable"),
        "reason": reason,
    }
    return render(request, "orders/eligibility.html", context)


def _eligibility_apart(request: HttpRequest, line: OrderLine) -> HttpResponse:
    about = _("Who is eligible for %(order)s: %(title)s") % {
        "order": line.order.code,
        "title": line_title(line),
    }
    return redirect(
        start(long.ELIGIBILITY, by=actor(request), about=about[:200], back=request.path, line=line.pk)
    )


@require(may_read_all)
@require_GET
def export_eligibility(request: HttpRequest, code: str, line: int) -> HttpResponseBase:
    found = eligibility_of(line_of(request, code, line))
    able = rows_of([(candidate, None) for candidate in found.eligible])
    unable = rows_of(found.refused)
    return workbook_response(
        f"{code}-{line}-{_('eligibility')}",
        [
            (_("Eligible"), sheets.able_headings(), (sheets.able_row(row) for row in able)),
            (_("Not eligible"), sheets.unable_headings(), (sheets.unable_row(row) for row in unable)),
        ],
    )


@require(may_read_all)
@require_http_methods(["GET", "POST"])
def show_line_split(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """The plan that counts for a line; sent with a budget, another is computed."""
    found = line_of(request, code, line)
    if request.method == "POST":
        return _computed(request, found)
    split = queries.standing_split(found)
    if split is None:
        return render(request, "orders/unsplit.html", split_page.unsplit_context(request, found))
    return _show(request, split)


def _computed(request: HttpRequest, line: OrderLine) -> HttpResponse:
    if not may_order(request.user):
        raise PermissionDenied
    budget = request.POST.get("budget", "")
    chosen = int(budget) if budget in {str(bp) for bp in BUDGETS_BP} else None
    if is_large(line):
        return _computed_apart(request, line, chosen)
    try:
        splitting.compute_split(line=line, budget_bp=chosen, by=actor(request))
    except Refused as refused:
        if queries.standing_split(line):
            messages.error(request, refused.sentence)
        else:
            context = split_page.unsplit_context(request, line) | {"refused": refused.sentence}
            return render(request, "orders/unsplit.html", context)
    return redirect("orders:split", code=line.order.code, line=line.pk)


def _computed_apart(request: HttpRequest, line: OrderLine, budget_bp: int | None) -> HttpResponse:
    """Away from the request, with progress."""
    about = _("Split %(order)s: %(title)s") % {"order": line.order.code, "title": line_title(line)}
    back = reverse("orders:split", args=[line.order.code, line.pk])
    return redirect(
        start(
            long.COMPUTE, by=actor(request), about=about[:200], back=back, line=line.pk, budget_bp=budget_bp
        )
    )


@require(may_read_all)
@require_GET
def show_split(request: HttpRequest, code: str, line: int, number: int) -> HttpResponse:
    return _show(request, split_of(request, code, line, number))


def _show(request: HttpRequest, split: Split, form: ReturnForm | None = None) -> HttpResponse:
    chosen = queries.chosen_page(split, **_marks(request, ""))
    left = queries.left_page(split, **_marks(request, "left_"))
    context = split_page.split_context(request, split) | {
        "chosen": chosen,
        "chosen_rows": [split_page.chosen_row(row) for row in chosen.rows],
        "chosen_around": around(request, chosen, anchor="chosen"),
        "left": left,
        "tells": may_order(request.user) and split.state == SplitState.DECIDED and not split.parent_id,
        "left_rows": [split_page.left_row(row) for row in left.rows],
        "left_around": around(request, left, prefix="left_", anchor="left"),
        "form": form or ReturnForm(),
    }
    return render(request, "orders/split.html", context)


def _marks(request: HttpRequest, prefix: str) -> dict[str, str]:
    return {name: request.GET.get(f"{prefix}{name}", "") for name in ("after", "before")}


@require(may_read_all)
@require_GET
def export_split(request: HttpRequest, code: str, line: int, number: int) -> HttpResponseBase:
    split = split_of(request, code, line, number)
    chosen = queries.chosen_rows(split).order_by("-quantity", "pk").iterator(chunk_size=2000)
    left = queries.left_rows(split).order_by("pk").iterator(chunk_size=2000)
    return workbook_response(
        f"{code}-{line}-{_('split')}-{number}",
        [
            (_("Plan"), sheets.chosen_headings(split), sheets.chosen_rows(split, chosen)),
            (_("Without a share"), sheets.left_headings(), (sheets.left_row(row) for row in left)),
            (_("Proof"), sheets.proof_headings(), sheets.proof_rows(split)),
        ],
    )


@require(may_read_all)
@require_GET
def download_inputs(request: HttpRequest, code: str, line: int, number: int) -> HttpResponse:
    """What was given to the solver, with the seed: whoever has it can compute the split again."""
    split = split_of(request, code, line, number)
    inputs = snapshot.unpack(bytes(split.snapshot)) | {"engine": split.engine, "input_hash": split.input_hash}
    inputs |= {"mark": marking.mark()} if marking.mark() else {}
    response = JsonResponse(inputs, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{code}-{line}-{number}.json"'
    return response


@require(may_order)
@require_POST
def propose_split(request: HttpRequest, code: str, line: int, number: int) -> HttpResponse:
    split = split_of(request, code, line, number)

    def propose() -> str:
        splitting.propose_split(split=split, by=actor(request))
        return _("The split is proposed. The head of the office decides.")

    told(request, propose)
    return redirect("orders:split", code=code, line=line)


@require(may_decide)
@require_POST
def decide_split(request: HttpRequest, code: str, line: int, number: int) -> HttpResponse:
    split = split_of(request, code, line, number)
    if is_large(split.line) and not deciding.why_not_decide(split, by=actor(request), today=clock.today()):
        about = _("Decide the split of %(order)s: %(title)s") % {
            "order": code,
            "title": line_title(split.line),
        }
        back = reverse("orders:split", args=[code, line])
        return redirect(start(long.DECIDE, by=actor(request), about=about[:200], back=back, split=split.pk))

    def decide() -> str:
        splitting.decide_split(split=split, by=actor(request))
        return _("The split is decided. Every chosen maker has an offer that can be sent now.")

    told(request, decide)
    return redirect("orders:split", code=code, line=line)


@require(may_decide)
@require_POST
def return_split(request: HttpRequest, code: str, line: int, number: int) -> HttpResponse:
    split = split_of(request, code, line, number)
    if reason := deciding.why_not_return(split, by=actor(request)):
        messages.error(request, reason)
        return redirect("orders:split", code=code, line=line)
    form = ReturnForm(request.POST)
    if form.is_valid():

        def give_back() -> str:
            splitting.return_split(split=split, reason=form.cleaned_data["reason"], by=actor(request))
            return reverse("orders:split", args=[code, line])

        if address := done_or_told(request, form, give_back):
            messages.success(request, _("The split is returned, with your reason."))
            return redirect(address)
    return _show(request, split, form)
