"""What makers say about their numbers, and what the office answers."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import formats
from foundation.access import require, signed_in
from foundation.answering import answer
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.makers.models import GoodsKind
from lumbung.makers.queries import makers_of
from lumbung.people.queries import names_of
from lumbung.scorecards import actions, queries, rules
from lumbung.scorecards.choices import RemarkOutcome
from lumbung.scorecards.forms import AnswerForm, RemarkFilter, RemarkForm
from lumbung.scorecards.models import Remark
from lumbung.scorecards.queries import remarks as found
from lumbung.scorecards.queries.remarks import Wanted
from lumbung.scorecards.views.finding import actor, marks

page = require_http_methods(["GET", "HEAD", "POST"])


def _wanted(form: RemarkFilter) -> Wanted:
    return Wanted(form.value("text"), form.value("state"), newest=form.is_newest_first)


@require_safe
@require(queries.may_read_records)
def list_remarks(request: HttpRequest) -> HttpResponse:
    """What makers say is wrong, and what they were answered."""
    form = RemarkFilter(request.GET)
    shown = found.remark_page(queries.remarks_seen_by(request.user), _wanted(form), **marks(request))
    context = {
        "form": form,
        "page": shown,
        "around": around(request, shown),
        "excel": f"{reverse('scorecards:remarks_export')}?{request.GET.urlencode()}",
        "narrowed": form.is_narrowed,
    }
    return render(request, "scorecards/remarks.html", context)


@require_safe
@require(queries.may_read_records)
def export_remarks(request: HttpRequest) -> HttpResponseBase:
    headings = [
        Heading(_("Maker"), 34),
        Heading(_("Kind of goods"), 24),
        Heading(_("Which number?"), 26),
        Heading(_("Own words"), 60),
        Heading(_("Said on"), 14),
        Heading(_("Outcome"), 26),
        Heading(_("Reason"), 60),
        Heading(_("Answered"), 14),
    ]
    remarks = found.exported(queries.remarks_seen_by(request.user), _wanted(RemarkFilter(request.GET)))
    return workbook_response(_("remarks"), [(_("Remarks"), headings, (_cells(one) for one in remarks))])


def _cells(remark: Remark) -> list[object]:
    return [
        str(remark.maker),
        remark.kind.words,
        remark.get_about_display(),
        remark.words,
        formats.local(remark.made_at),
        str(RemarkOutcome(remark.outcome).label) if remark.outcome else "",
        remark.reason,
        formats.local(remark.answered_at) if remark.answered_at else "",
    ]


@page
@signed_in
def make_own(request: HttpRequest, maker: int) -> HttpResponse:
    """A maker with an account says what is not right."""
    one = get_object_or_404(makers_of(request.user), pk=maker)
    rows = queries.own_records_of(one)
    kinds = {row.kind.pk: row.kind for row in rows}
    form = RemarkForm(request.POST or None, kinds=kinds.values())

    def say() -> str:
        typed = form.cleaned_data
        kind: GoodsKind = kinds[typed["kind"]]
        actions.make_remark(
            maker=one, kind=kind, about=typed["about"], words=typed["words"], by=actor(request)
        )
        return reverse("scorecards:record", args=[one.pk])

    done = _("It stands beside the number. The office answers it.")
    context = {"maker": one, "form": form, "rows": rows}
    return answer(request, form, say, done=done) or render(request, "scorecards/remark.html", context)


@page
@require(queries.may_read_records)
def answer_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark, the numbers as they were, and the answer."""
    remark = get_object_or_404(queries.remarks_seen_by(request.user), pk=pk)
    may = queries.may_decide_flags(request.user) and remark.answered_at is None
    form = AnswerForm(request.POST or None) if may else None

    def settle() -> str:
        assert form is not None
        actions.answer_remark(remark=remark, **form.cleaned_data, by=actor(request))
        return remark.get_absolute_url()

    done = _("The answer stands beside the number.")
    if form and (answered := answer(request, form, settle, done=done)):
        return answered
    names = names_of([remark.answered_by])
    context = {
        "remark": remark,
        "form": form,
        "numbers": rules.numbers_told(remark.numbers),
        "answered_by": names.get(remark.answered_by, ""),
    }
    return render(request, "scorecards/answer.html", context)
