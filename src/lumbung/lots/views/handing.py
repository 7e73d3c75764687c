"""Material goes to the makers of an order, several at once; and what became of it, maker by maker."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.answering import answer
from foundation.errors import Refused
from foundation.formats import number
from foundation.once import do_once
from lumbung.lots import actions
from lumbung.lots.choices import MovementKind
from lumbung.lots.forms.fields import moment_of
from lumbung.lots.forms.material import ChooseForm, HappenedForm, RowForm
from lumbung.lots.models import Holding
from lumbung.lots.queries import access, handing, holdings, movements
from lumbung.lots.queries.handing import Due
from lumbung.lots.queries.subjects import open_subjects, subjects_in_words
from lumbung.lots.queries.wording import account_in_words
from lumbung.lots.rules.amounts import amount, number_typed
from lumbung.lots.views.showing import actor, movements_shown
from lumbung.makers.queries import makers_kept_by, makers_of

page = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50


@page
@require(access.may_keep_store)
def hand_out(request: HttpRequest) -> HttpResponse:
    """First which material for what, then a row a maker."""
    choose = ChooseForm(
        request.GET if request.GET else None,
        stores=access.stores_kept_by(request.user),
        subjects=open_subjects(request.user),
    )
    if not (request.GET and choose.is_valid()):
        return render(request, "lots/hand_out.html", {"choose": choose})
    return _rows(request, choose)


def _rows(request: HttpRequest, choose: ChooseForm) -> HttpResponse:
    given = choose.cleaned_data
    start = request.GET.get("mulai", "")
    due = handing.due_page(
        given["subject"], given["material"], start=int(start) if start.isascii() and start.isdecimal() else 0
    )
    kept = set(
        makers_kept_by(request.user)
        .filter(pk__in=[row.maker.pk for row in due.rows])
        .values_list("pk", flat=True)
    )
    rows = [(row, _row_form(request, row, given), row.maker.pk in kept) for row in due.rows]
    if request.method == "POST":
        done = _hand_out(request, [(row, form) for row, form, keeps in rows if keeps], given)
        if done is not None:
            return done
    query = request.GET.copy()
    query.pop("mulai", None)
    context = {
        "choose": choose,
        "rows": [_shown(row, form, keeps, given["material"]) for row, form, keeps in rows],
        "due": due,
        "last": due.first + len(due.rows) - 1,
        "subject": subjects_in_words([given["subject"]])[given["subject"]],
        "material": given["material"],
        "store": given["store"],
        "in_store": _in_store(given),
        "query": query.urlencode(),
    }
    return render(request, "lots/hand_out_rows.html", context)


def _row_form(request: HttpRequest, row: Due, given: dict[str, Any]) -> RowForm:
    material = given["material"]
    still = row.still
    return RowForm(
        request.POST if request.method == "POST" else None,
        prefix=f"m{row.maker.pk}-{row.recipient.subject.partition(':')[2]}",
        material=material,
        maker=str(row.maker),
        initial={"quantity": number_typed(still, material.unit) if still else ""},
    )


def _shown(row: Due, form: RowForm, keeps: bool, material: Any) -> dict[str, Any]:
    return {
        "due": row,
        "form": form,
        "keeps": keeps,
        "wanted": amount(row.wanted, material) if row.wanted is not None else "",
        "handed": amount(row.handed, material),
    }


def _in_store(given: dict[str, Any]) -> str:
    there = holdings.holdings_of(given["store"].key, material=given["material"], lot=given["lot"])
    return amount(there.quantity if there else 0, given["material"])


def _hand_out(
    request: HttpRequest, rows: list[tuple[Due, RowForm]], given: dict[str, Any]
) -> HttpResponse | None:
    """All rows or none: a refusal is told at the row it belongs to."""
    judged = [form.is_valid() for _row, form in rows]  # each says what is wrong, not only the first
    if not all(judged):
        return None
    wanted = [(row, form) for row, form in rows if form.cleaned_data["units"]]
    handed: list[RowForm] = []

    def give() -> str:
        for row, form in wanted:
            handed.append(form)
            actions.hand_out(
                material=given["material"],
                quantity=form.cleaned_data["units"],
                store=given["store"],
                maker=row.maker,
                subject=row.recipient.subject,
                lot=given["lot"],
                by=actor(request),
            )
        return request.get_full_path()

    return _all_or_none(request, give, handed, len(wanted))


def _all_or_none(request: HttpRequest, give: Any, handed: list[RowForm], count: int) -> HttpResponse | None:
    try:
        with transaction.atomic():
            address = do_once(request, give)
    except Refused as refused:
        handed[-1].add_error("quantity", refused.sentence)
        return None
    sentence = ngettext("Handed out to %(count)s maker.", "Handed out to %(count)s makers.", count) % {
        "count": number(count)
    }
    messages.success(request, sentence if count else _("Nothing was written in any row."))
    return redirect(address)


# One account


@page
@require(access.may_follow)
def holding(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a material that a maker was handed for something."""
    found = get_object_or_404(holdings.of_makers(access.holdings_seen_by(request.user)), pk=pk)
    keeps = _keeps(request, found)
    tells = keeps or makers_of(request.user).filter(pk=found.maker_id or 0).exists()
    form = _happened_form(request, found, keeps) if tells and found.quantity else None
    if form is not None and request.method == "POST":
        response = answer(
            request, form, lambda: _happened(request, found, form), done=_("It is written down.")
        )
        if response:
            return response
    rows = list(movements.of_holding(found)[:SHOWN])
    context = {
        "holding": found,
        "account": account_in_words(holdings.accounts_of([found])[0]),
        "form": form,
        "rows": movements_shown(movements.told(rows)),
        "keeps": keeps,
        "sees_store": access.may_see_store(request.user),
    }
    return render(request, "lots/holding.html", context)


def _keeps(request: HttpRequest, found: Holding) -> bool:
    return (
        access.may_keep_store(request.user)
        and makers_kept_by(request.user).filter(pk=found.maker_id or 0).exists()
    )


def _happened_form(request: HttpRequest, found: Holding, keeps: bool) -> HappenedForm:
    return HappenedForm(
        request.POST or None,
        request.FILES or None,
        holding=found,
        stores=access.stores_kept_by(request.user) if keeps else None,
    )


def _happened(request: HttpRequest, found: Holding, form: HappenedForm) -> str:
    given = form.cleaned_data
    common = {
        "quantity": given["units"],
        "subject": found.subject,
        "lot": found.lot,
        "at": moment_of(given["day"]),
        "photo": given["photo"],
        "by": actor(request),
    }
    if given["happened"] == MovementKind.LOST:
        actions.tell_lost(what=found.what, holder=found.holder, reason=given["reason"], **common)
    elif given["happened"] == MovementKind.USED:
        actions.tell_used(material=found.material, maker=found.maker, **common)  # type: ignore[arg-type]  # an account of a maker
    else:
        actions.take_back(material=found.material, maker=found.maker, store=given["store"], **common)  # type: ignore[arg-type]  # an account of a maker
    return reverse("lots:holding", args=[found.pk])
