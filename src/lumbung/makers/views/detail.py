"""One maker's page, and the own workshop."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.access import require, signed_in
from lumbung.makers import queries, rules
from lumbung.makers.choices import MakerKind
from lumbung.makers.forms import PlanForm
from lumbung.makers.models import Maker
from lumbung.makers.views.answering import find, me
from lumbung.makers.views.weeks import weeks_of
from lumbung.people.actions import note_personal_reads
from lumbung.people.rules import masked_phone, phone_shown
from lumbung.records.queries import records_about, told

RECORDS_SHOWN = 12


@require_safe
@signed_in
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A maker with all that hangs on it; phone and account masked."""
    maker = find(queries.makers_seen_by(request.user), pk)
    return render(
        request, "makers/detail.html", _shown(request, maker, is_open=maker.owner_id == me(request).pk)
    )


@require_POST
@never_cache
@require(queries.may_keep_register)
def open_personal(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with phone and account in clear; the person may see who opened them."""
    maker = find(queries.makers_kept_by(request.user), pk)
    note_personal_reads(
        reader=me(request).key,
        page=maker.get_absolute_url(),
        fields="phone, house, bank_account",
        persons=[maker.owner_id],
    )
    return render(request, "makers/detail.html", _shown(request, maker, is_open=True))


def _shown(request: HttpRequest, maker: Maker, *, is_open: bool) -> dict[str, Any]:
    person = request.user
    keeps = queries.makers_kept_by(person).filter(pk=maker.pk).exists()
    sees_register = queries.may_see_register(person)
    return {
        "maker": maker,
        "is_group": maker.kind == MakerKind.GROUP,
        "keeps": keeps,
        "plans": queries.makers_planned_by(person).filter(pk=maker.pk).exists(),
        "is_open": is_open,
        "sees_register": sees_register,
        "phone": phone_shown(maker.owner.phone) if is_open else masked_phone(maker.owner.phone),
        "account": maker.bank_account if is_open else rules.masked(maker.bank_account),
        "goods": queries.goods_of(maker),
        "weeks": weeks_of(maker),
        "houses": queries.houses_of(maker) if maker.kind == MakerKind.GROUP else [],
        "likenesses": queries.likenesses_of(maker) if sees_register else [],
        "log": told(records_about(maker.key)[:RECORDS_SHOWN]) if sees_register else [],
    }


@require_safe
@require(queries.may_have_own)
def mine(request: HttpRequest) -> HttpResponse:
    """The own workshops and groups: capacity and busy weeks, to be told by those who know them."""
    own = [_own(maker) for maker in queries.makers_of(request.user)]
    return render(request, "makers/mine.html", {"own": own, "today": clock.today()})


def _own(maker: Maker) -> dict[str, Any]:
    goods = [
        (
            good,
            PlanForm(
                initial={"weekly_capacity": good.weekly_capacity, "minimum_lot": good.minimum_lot},
                auto_id=f"id_{maker.pk}_{good.kind_id}_%s",
            ),
        )
        for good in queries.goods_of(maker)
        if good.stopped_on is None
    ]
    return {
        "maker": maker,
        "goods": goods,
        "weeks": weeks_of(maker),
    }
