"""Bank accounts: masked, confirmed by a second person, each opening written down."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.answering import answer, press
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.money import actions, queries, rules
from lumbung.money.choices import PayeeStatus, PayerKind
from lumbung.money.forms import AccountForm, AccountsFilter, ReasonForm, TaxStandingForm
from lumbung.money.models import Account
from lumbung.money.views.finding import around, by, page_in, party_called
from lumbung.people.actions import note_personal_reads
from lumbung.people.models import Person

page = require_http_methods(["GET", "HEAD", "POST"])


def _found(request: HttpRequest) -> tuple[AccountsFilter, QuerySet[Account]]:
    form = AccountsFilter(request.GET)
    accounts = queries.accounts_seen_by(request.user)
    if text := form.value("q").strip():
        accounts = accounts.filter(owner__in=queries.party_keys_called(text))
    return form, accounts


def _state(account: Account) -> tuple[str, str]:
    if account.ended_at:
        return "revoked", _("No longer used")
    return (
        ("valid", _("Checked and confirmed")) if account.confirmed_at else ("offered", _("Not confirmed yet"))
    )


@page
@require(queries.may_read_money)
def list_accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, masked, and one more."""
    filter_, accounts = _found(request)
    shown = page_in(request, accounts, "-pk")
    names = queries.words_of(one.owner for one in shown.rows)
    shared = queries.payees_sharing_account(one.owner for one in shown.rows)
    form = AccountForm(request.POST or None)

    def deed() -> str:
        given = dict(form.cleaned_data)
        owner = given.pop("owner")
        actions.add_account(owner=owner.key, **given, by=by(request))
        return reverse("money:party", args=[owner.key])

    if request.method == "POST" and not queries.may_write_terms(request.user):
        return redirect("money:accounts")
    context = {
        "filter": filter_,
        "page": shown,
        "around": around(request, shown),
        "rows": [(one, names[one.owner], _state(one), one.owner in shared) for one in shown.rows],
        "form": form,
        "writes": queries.may_write_terms(request.user),
        "excel": f"{reverse('money:accounts_sheet')}?{request.GET.urlencode()}",
    }
    done = _("The account is written down. Somebody else confirms it.")
    return answer(request, form, deed, done=done) or render(request, "money/accounts.html", context)


@require_safe
@require(queries.may_read_money)
def accounts_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same list, masked as on the page."""
    accounts = list(_found(request)[1].order_by("-pk"))
    names = queries.words_of(one.owner for one in accounts)
    headings = [
        Heading(_("Owner"), 34),
        Heading(_("Account"), 30),
        Heading(_("State"), 22),
        Heading(_("Written down"), 18),
        Heading(_("Checked and confirmed"), 18),
    ]
    rows = (
        [names[one.owner], one.masked, _state(one)[1], one.added_at, one.confirmed_at] for one in accounts
    )
    return workbook_response(_("bank accounts"), [(_("Bank accounts"), headings, rows)])


@page
@require(queries.may_read_money)
def show_party(request: HttpRequest, party: str) -> HttpResponse:
    """A party's accounts, and how tax rules see it."""
    return _party_page(request, party, opened=None)


def _party_page(request: HttpRequest, party: str, *, opened: Account | None) -> HttpResponse:
    name = party_called(party)
    status, kind = queries.tax_standing_of(party)
    form = TaxStandingForm(request.POST or None, initial={"payee_status": status, "payer_kind": kind})
    writes = queries.may_write_terms(request.user)

    def deed() -> str:
        given = form.cleaned_data
        actions.tell_tax_standing(
            party=party,
            payee_status=PayeeStatus(given["payee_status"]) if given["payee_status"] else None,
            payer_kind=PayerKind(given["payer_kind"]) if given["payer_kind"] else None,
            by=by(request),
        )
        return reverse("money:party", args=[party])

    accounts = queries.accounts_seen_by(request.user).filter(owner=party).order_by("-pk")
    shared = queries.payees_sharing_account([party]).get(party, frozenset())
    context = {
        "party": party,
        "name": name,
        "rows": [(one, _state(one), _why_not(request, one)) for one in accounts],
        "opened": opened,
        "opens": queries.may_keep_money(request.user),
        "confirms": queries.may_confirm(request.user),
        "writes": writes,
        "form": form,
        "status": PayeeStatus(status).label if status else "",
        "kind": PayerKind(kind).label if kind else "",
        "shared": sorted(queries.words_of(shared).values()),
    }
    asked = request.method == "POST" and opened is None and writes
    done = _("The tax standing is told.")
    return (answer(request, form, deed, done=done) if asked else None) or render(
        request, "money/party.html", context
    )


def _why_not(request: HttpRequest, account: Account) -> str | None:
    confirmed = account.confirmed_at is not None
    return rules.why_not_confirm(written_by=account.added_by, confirmed=confirmed, by=by(request))


@require_POST
@never_cache
@require(queries.may_keep_money)
def open_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with one number in clear; whose it is may see who opened it."""
    account = get_object_or_404(queries.accounts_seen_by(request.user), pk=pk)
    note_personal_reads(
        reader=by(request),
        page=reverse("money:party", args=[account.owner]),
        fields="bank_account",
        persons=queries.persons_behind(account.owner) or [_me(request).pk],
    )
    return _party_page(request, account.owner, opened=account)


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@require_POST
@require(queries.may_confirm)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else than who wrote it down confirms an account."""
    account = get_object_or_404(queries.accounts_seen_by(request.user), pk=pk)
    return press(
        request,
        lambda: actions.confirm_account(account=account, by=by(request)),
        back=reverse("money:party", args=[account.owner]),
        done=_("The account is confirmed."),
    )


@page
@require(queries.may_keep_money)
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is paid to an account any more."""
    account = get_object_or_404(queries.accounts_seen_by(request.user), pk=pk, ended_at__isnull=True)
    form = ReasonForm(request.POST or None)

    def deed() -> str:
        actions.end_account(account=account, reason=form.cleaned_data["reason"], by=by(request))
        return reverse("money:party", args=[account.owner])

    context = {"form": form, "account": account, "name": party_called(account.owner)}
    done = _("The account is no longer used.")
    return answer(request, form, deed, done=done) or render(request, "money/end_account.html", context)
