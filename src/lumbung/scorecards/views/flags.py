"""What looks odd: the list, one flag with its numbers, and the decision of a person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import formats
from foundation.access import require
from foundation.answering import answer
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from foundation.work import start
from lumbung.people.queries import names_of
from lumbung.scorecards import actions, queries, rules
from lumbung.scorecards.choices import FlagDecision
from lumbung.scorecards.forms import DecisionForm, FlagFilter
from lumbung.scorecards.models import Flag
from lumbung.scorecards.queries import watch as found
from lumbung.scorecards.queries.watch import Wanted
from lumbung.scorecards.views.finding import actor, marks


def _wanted(request: HttpRequest) -> tuple[FlagFilter, Wanted]:
    form = FlagFilter(request.GET)
    return form, Wanted(
        form.value("text"), form.value("kind"), form.value("state"), newest=form.is_newest_first
    )


def _told(flags: list[Flag]) -> list[tuple[Flag, str]]:
    goods = found.goods_words(flags)
    return [(flag, _sentence(flag, goods)) for flag in flags]


def _sentence(flag: Flag, goods: dict[str, str]) -> str:
    return rules.evidence_sentence(flag.kind, flag.numbers, goods=goods.get(flag.numbers.get("good", ""), ""))


@require_safe
@require(queries.may_watch)
def list_flags(request: HttpRequest) -> HttpResponse:
    """What somebody should look at, with the reason."""
    form, wanted = _wanted(request)
    page = found.flag_page(queries.flags_seen_by(request.user), wanted, **marks(request))
    context = {
        "form": form,
        "page": page,
        "around": around(request, page),
        "rows": _told(page.rows),
        "excel": f"{reverse('scorecards:flags_export')}?{request.GET.urlencode()}",
        "narrowed": form.is_narrowed,
        "decides": queries.may_decide_flags(request.user),
    }
    return render(request, "scorecards/flags.html", context)


@require_safe
@require(queries.may_watch)
def export_flags(request: HttpRequest) -> HttpResponseBase:
    flags = list(found.exported(queries.flags_seen_by(request.user), _wanted(request)[1]))
    headings = [
        Heading(_("What was found"), 32),
        Heading(_("Makers"), 40),
        Heading(_("Why somebody should look"), 70),
        Heading(_("Found on"), 14),
        Heading(_("Decision"), 22),
        Heading(_("Reason"), 50),
        Heading(_("Decided on"), 14),
    ]
    rows = (_cells(flag, sentence) for flag, sentence in _told(flags))
    return workbook_response(_("flags"), [(_("Flags"), headings, rows)])


def _cells(flag: Flag, sentence: str) -> list[object]:
    return [
        flag.get_kind_display(),
        ", ".join(str(maker) for maker in flag.makers.all()),
        sentence,
        formats.local(flag.found_at),
        str(FlagDecision(flag.decision).label) if flag.decision else "",
        flag.reason,
        formats.local(flag.decided_at) if flag.decided_at else "",
    ]


@require_POST
@require(queries.may_decide_flags)
def look_now(request: HttpRequest) -> HttpResponse:
    """Look at all deliveries of the window now, away from the request."""
    about, back = _("Look at deliveries of the last weeks"), reverse("scorecards:flags")
    return redirect(start(actions.WATCH, by=actor(request), about=about, back=back))


@require_http_methods(["GET", "HEAD", "POST"])
@require(queries.may_watch)
def show_flag(request: HttpRequest, pk: int) -> HttpResponse:
    """One flag: numbers that lead to their rows, and the decision."""
    flag = get_object_or_404(queries.flags_seen_by(request.user), pk=pk)
    form = (
        DecisionForm(request.POST or None)
        if flag.is_open and queries.may_decide_flags(request.user)
        else None
    )

    def decide() -> str:
        assert form is not None
        actions.decide_flag(flag=flag, **form.cleaned_data, by=actor(request))
        return flag.get_absolute_url()

    if form and (answered := answer(request, form, decide, done=_("The decision is kept."))):
        return answered
    return render(request, "scorecards/flag.html", _detail(flag) | {"form": form})


def _detail(flag: Flag) -> dict[str, Any]:
    names = names_of([flag.found_by, flag.decided_by])
    return {
        "flag": flag,
        "makers": flag.makers.select_related("party", "village__district__regency").order_by("pk"),
        "sentence": _sentence(flag, found.goods_words([flag])),
        "deliveries": found.rows_behind(flag),
        "found_by": names.get(flag.found_by, _("Lumbung, by itself")),
        "decided_by": names.get(flag.decided_by, ""),
    }
