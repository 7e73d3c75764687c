"""Lists: what is owed share by share, how late it is, who has claims."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.access import require
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.money import queries, rules
from lumbung.money.choices import MoneyState
from lumbung.money.forms import MoneyFilter
from lumbung.money.models import Claim, Standing
from lumbung.money.views.finding import around, page_in

ORDERS = {"day": ("pay_on", "pk"), "open": ("-open_rupiah", "-pk"), "new": ("-pk",)}
SLICE = 500


def _form(request: HttpRequest) -> MoneyFilter:
    payers = queries.payers_of(queries.standings_seen_by(request.user))
    return MoneyFilter(request.GET, payers=list(queries.words_of(payers).items()))


def _found(request: HttpRequest, form: MoneyFilter) -> QuerySet[Standing]:
    wanted = queries.Wanted(form.value("q"), form.value("state"), form.value("age"), form.value("payer"))
    return queries.found_among(queries.standings_seen_by(request.user), wanted)


def _names(standings: Sequence[Standing]) -> dict[str, queries.Named]:
    keys = {key for one in standings for key in (one.share, one.payee, one.payer, one.order)}
    return queries.named(keys)


def _told(one: Standing, names: dict[str, queries.Named]) -> dict[str, Any]:
    state = rules.state_of(one.open_rupiah, one.pay_on, today=clock.today())
    return {
        "standing": one,
        "payee": names[one.payee],
        "payer": names[one.payer],
        "share": names[one.share],
        "order": names.get(one.order, ""),
        "look": rules.STATE_LOOKS[state],
        "state": state.label,
        "is_late": state == MoneyState.LATE,
    }


@require_safe
@require(queries.has_money)
def list_money(request: HttpRequest) -> HttpResponse:
    """What is owed among the shares one sees."""
    form = _form(request)
    page = page_in(request, _found(request, form), *ORDERS[form.value("sort")])
    names = _names(page.rows)
    context = {
        "form": form,
        "page": page,
        "around": around(request, page),
        "rows": [_told(one, names) for one in page.rows],
        "excel": f"{reverse('money:sheet')}?{request.GET.urlencode()}",
        "narrowed": any(form.value(name) for name in ("q", "state", "age", "payer")),
        "keeps": queries.may_keep_money(request.user),
        "reads": queries.may_read_money(request.user),
    }
    return render(request, "money/list.html", context)


@require_safe
@require(queries.has_money)
def money_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same list as a workbook, all of it."""
    headings = [
        Heading(_("Share"), 34),
        Heading(_("Order"), 34),
        Heading(_("Payee"), 30),
        Heading(_("Payer"), 30),
        Heading(_("To be paid"), 16),
        Heading(_("Paid"), 16),
        Heading(_("Not paid yet"), 16),
        Heading(_("Pay-day")),
        Heading(_("Newest promise")),
        Heading(_("Waits with"), 20),
        Heading(_("State"), 20),
    ]
    form = _form(request)
    rows = _cells(_found(request, form).order_by(*ORDERS[form.value("sort")]))
    return workbook_response(_("money owed"), [(_("Money"), headings, rows)])


def _cells(standings: QuerySet[Standing]) -> Iterator[list[object]]:
    keys = list(standings.values_list("pk", flat=True))
    for at in range(0, len(keys), SLICE):
        found = list(standings.filter(pk__in=keys[at : at + SLICE]))
        names = _names(found)
        for one in found:
            told = _told(one, names)
            yield [
                str(told["share"]),
                str(told["order"]),
                str(told["payee"]),
                str(told["payer"]),
                one.due_rupiah,
                one.paid_rupiah,
                one.open_rupiah,
                one.pay_on,
                one.promised_on,
                one.get_held_by_display() if one.held_by else "",
                str(told["state"]),
            ]


@require_safe
@require(queries.has_money)
def show_ageing(request: HttpRequest) -> HttpResponse:
    """How late what is open is, and with whom it waits."""
    rows = queries.ageing(request.user)
    context = {
        "rows": rows,
        "holders": queries.holders_told(rows),
        "shares": sum(row.shares for row in rows),
        "rupiah": sum(row.rupiah for row in rows),
        "late": sum(row.rupiah for row in rows[1:]),
        "most": max((row.rupiah for row in rows), default=0),
        "excel": f"{reverse('money:sheet')}?state=late",
    }
    return render(request, "money/ageing.html", context)


def _claims(request: HttpRequest) -> QuerySet[Claim]:
    return queries.claims_seen(queries.standings_seen_by(request.user))


@require_safe
@require(queries.has_money)
def list_claims(request: HttpRequest) -> HttpResponse:
    """Who takes how much from which share's payment, the newest first."""
    page = page_in(request, _claims(request), "-pk")
    paid = queries.paid_by_claim(page.rows)
    names = queries.named(key for one in page.rows for key in (one.share, one.holder))
    context = {
        "page": page,
        "around": around(request, page),
        "rows": [
            (one, names[one.share], names[one.holder], paid.get(one.pk, 0), _left(one, paid))
            for one in page.rows
        ],
        "excel": reverse("money:claims_sheet"),
    }
    return render(request, "money/claims.html", context)


def _left(claim: Claim, paid: dict[int, int]) -> int:
    return 0 if claim.ended_at else claim.confirmed_rupiah - paid.get(claim.pk, 0)


@require_safe
@require(queries.has_money)
def claims_sheet(request: HttpRequest) -> HttpResponseBase:
    claims = list(_claims(request).order_by("-pk"))
    paid = queries.paid_by_claim(claims)
    names = queries.words_of(key for one in claims for key in (one.share, one.holder))
    headings = [
        Heading(_("Share"), 34),
        Heading(_("Place by rank")),
        Heading(_("Who has it"), 30),
        Heading(_("Kind"), 24),
        Heading(_("Confirmed by the maker"), 16),
        Heading(_("Paid"), 16),
        Heading(_("Not paid yet"), 16),
        Heading(_("Basis"), 40),
        Heading(_("Ended, reason"), 40),
    ]
    rows = (
        [
            names[one.share],
            one.rank,
            names[one.holder],
            one.get_kind_display(),
            one.confirmed_rupiah,
            paid.get(one.pk, 0),
            _left(one, paid),
            one.basis,
            one.ended_reason,
        ]
        for one in claims
    )
    return workbook_response(_("claims"), [(_("Claims"), headings, rows)])
