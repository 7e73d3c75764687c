"""What a maker makes, when it is busy, and the kinds of goods of the province."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require, signed_in
from foundation.answering import answer, press
from foundation.downloads import workbook_response
from foundation.errors import Refused
from foundation.sheets import Heading
from lumbung.makers import actions, queries
from lumbung.makers.choices import Unit
from lumbung.makers.forms import BusyForm, GoodForm, KindForm, NewGoodForm, PlanForm
from lumbung.makers.models import Maker
from lumbung.makers.views.answering import find, me
from lumbung.makers.views.weeks import weeks_of

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(queries.may_keep_register)
def new_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Another kind of goods that the maker makes."""
    maker = find(queries.makers_kept_by(request.user), pk)
    form = NewGoodForm(request.POST or None, maker=maker)

    def add() -> str:
        actions.set_good(maker=maker, **form.cleaned_data, by=me(request).key)
        return maker.get_absolute_url()

    context = {"maker": maker, "form": form, "title": _("What else is made here?")}
    done = _("The goods are written down.")
    return answer(request, form, add, done=done) or render(request, "makers/form.html", context)


@page
@signed_in
def good(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Price, capacity and lot of one good; the own maker tells capacity and lot."""
    maker = find(queries.makers_planned_by(request.user), pk)
    made = get_object_or_404(maker.goods.select_related("kind"), kind=kind)
    keeps = queries.makers_kept_by(request.user).filter(pk=maker.pk).exists()
    numbers = {"weekly_capacity": made.weekly_capacity, "minimum_lot": made.minimum_lot}
    price = {"price_rupiah": made.price_rupiah}
    form = (GoodForm if keeps else PlanForm)(request.POST or None, initial={**numbers, **price})

    def tell() -> str:
        given = {**price, **form.cleaned_data}
        actions.set_good(maker=maker, kind=made.kind, **given, by=me(request).key)
        return _back(request, maker)

    bare = not queries.may_see_register(request.user)
    context = {
        "maker": maker,
        "form": form,
        "title": made.kind.words,
        "good": made,
        "keeps": keeps,
        "bare": bare,
    }
    done = _("Written down. New orders count with it.")
    return answer(request, form, tell, done=done) or render(request, "makers/good.html", context)


def _back(request: HttpRequest, maker: Maker) -> str:
    """The own page for makers, the maker's page for the office."""
    if queries.may_see_register(request.user):
        return maker.get_absolute_url()
    return reverse("makers:mine")


@require_POST
@require(queries.may_keep_register)
def stop_good(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The maker no longer makes these goods."""
    maker = find(queries.makers_kept_by(request.user), pk)
    made = get_object_or_404(maker.goods, kind=kind)
    return press(
        request,
        lambda: actions.stop_good(good=made, by=me(request).key),
        back=maker.get_absolute_url(),
        done=_("Written down: no longer made here."),
    )


@page
@signed_in
def weeks(request: HttpRequest, pk: int) -> HttpResponse:
    """The next twelve weeks, and which of them are busy."""
    maker = find(queries.makers_planned_by(request.user), pk)
    form = BusyForm(request.POST or None)

    def mark() -> str:
        actions.mark_busy_weeks(
            maker=maker, mondays=form.mondays, reason=form.cleaned_data["reason"], by=me(request).key
        )
        return reverse("makers:weeks", args=[maker.pk])

    bare = not queries.may_see_register(request.user)
    context = {"maker": maker, "form": form, "weeks": weeks_of(maker), "bare": bare}
    done = _("Written down: no new work in these weeks.")
    return answer(request, form, mark, done=done) or render(request, "makers/weeks.html", context)


@require_POST
@signed_in
def free_week(request: HttpRequest, pk: int) -> HttpResponse:
    """A busy week takes new work again."""
    maker = find(queries.makers_planned_by(request.user), pk)

    def free() -> None:
        try:
            monday = date.fromisoformat(request.POST.get("monday", ""))
        except ValueError:
            raise Refused(_("Choose the week from the list.")) from None
        actions.free_week(maker=maker, monday=monday, by=me(request).key)

    back = reverse("makers:weeks", args=[maker.pk])
    return press(request, free, back=back, done=_("Written down: this week is free again."))


@page
@require(queries.may_set_lists)
def kinds(request: HttpRequest) -> HttpResponse:
    """All kinds of goods, and one more."""
    form = KindForm(request.POST or None)

    def add() -> str:
        given = dict(form.cleaned_data)
        given["unit"] = Unit(given["unit"])
        actions.add_kind(**given, by=me(request).key)
        return reverse("makers:kinds")

    context = {"form": form, "kinds": queries.goods_kinds()}
    done = _("The kind of goods stands in the list.")
    return answer(request, form, add, done=done) or render(request, "makers/kinds.html", context)


@require_safe
@require(queries.may_set_lists)
def kinds_sheet(request: HttpRequest) -> HttpResponseBase:
    """All kinds of goods as a workbook."""
    headings = [
        Heading(_("Code"), 24),
        Heading(_("Kind of goods"), 34),
        Heading(_("English name"), 34),
        Heading(_("Counted in"), 14),
    ]
    rows = ([kind.code, kind.name, kind.name_en, kind.get_unit_display()] for kind in queries.goods_kinds())
    return workbook_response(_("kinds-of-goods"), [(_("Kinds of goods"), headings, rows)])
