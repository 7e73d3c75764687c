"""Whether letters come about by themselves: in an office, and for one order."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.answering import answer
from lumbung.letters.queries import offices_written_by
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork import queries
from lumbung.paperwork.actions import set_habit
from lumbung.paperwork.forms import HabitForm
from lumbung.paperwork.views.finding import actor, found_to_set, site_of

page = require_http_methods(["GET", "HEAD", "POST"])


@require(queries.may_write)
@page
def of_office(request: HttpRequest) -> HttpResponse:
    """For every order of the person's office."""
    office = offices_written_by(request.user).first()
    if office is None:
        raise Http404
    return _page(request, office, None, back=reverse("letters:list"))


@require(queries.may_write)
@page
def of_order(request: HttpRequest, code: str) -> HttpResponse:
    """For one order, otherwise than for every order."""
    here, office = found_to_set(request, code)
    return _page(request, office, here.order, back=reverse("paperwork:overview", args=[code]))


def _page(request: HttpRequest, office: Party, order: Order | None, *, back: str) -> HttpResponse:
    standing = {kind: habit.way for kind, habit in queries.habits_of(office, order).items()}
    form = HabitForm(request.POST or None, standing=standing, for_order=order is not None)

    def set_all() -> str:
        for kind, way in form.ways():
            set_habit(
                office=office, order=order, kind=kind, way=way, site=site_of(request), by=actor(request)
            )
        return back

    context: dict[str, Any] = {
        "office": office,
        "order": order,
        "form": form,
        "back": back,
        "head": queries.head_of(office),
    }
    done = answer(request, form, set_all, done=_("It is kept. From now on letters come about like this."))
    return done or render(request, "paperwork/habits.html", context)
