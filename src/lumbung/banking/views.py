"""The pages of bank files and statements."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.answering import answer, press
from foundation.downloads import workbook_response
from foundation.errors import Refused
from foundation.formats import rupiah
from foundation.once import do_once
from foundation.paging import Page, page_of
from foundation.sheets import Heading
from lumbung.banking import actions, queries
from lumbung.banking.forms import ChooseForm, StatementForm, WithdrawForm
from lumbung.banking.models import BankFile, BankFileRow, Statement, StatementLine
from lumbung.money.queries import may_keep_money, may_read_money, persons_behind, words_of
from lumbung.people.actions import note_personal_reads

page = require_http_methods(["GET", "HEAD", "POST"])
LOOKS = {"open": "offered", "paid": "paid", "withdrawn": "revoked"}


def _by(request: HttpRequest) -> str:
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def _page(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    return page_of(rows, by=("-pk",), after=after, before=before)


@require_safe
@require(may_read_money)
def list_files(request: HttpRequest) -> HttpResponse:
    """All bank files, the newest first."""
    shown = _page(request, queries.files())
    names = words_of(file.payer for file in shown.rows)
    context = {
        "page": shown,
        "rows": [(file, names[file.payer], LOOKS[file.state]) for file in shown.rows],
        "keeps": may_keep_money(request.user),
    }
    return render(request, "banking/files.html", context)


@require_safe
@require(may_read_money)
def files_sheet(request: HttpRequest) -> HttpResponseBase:
    files = list(queries.files().order_by("-pk"))
    names = words_of(file.payer for file in files)
    headings = [
        Heading(_("Number"), 18),
        Heading(_("Payer"), 34),
        Heading(_("State"), 24),
        Heading(_("Rows")),
        Heading(_("Rows paid")),
        Heading(_("Sum"), 18),
        Heading(_("Made"), 18),
        Heading(_("Hash"), 66),
    ]
    rows = (
        [
            file.code,
            names[file.payer],
            file.get_state_display(),
            file.count,
            file.paid_rows,
            file.total_rupiah,
            file.made_at,
            file.hash,
        ]
        for file in files
    )
    return workbook_response(_("bank files"), [(_("Bank files"), headings, rows)])


@require_safe
@require(may_keep_money)
def new_file(request: HttpRequest) -> HttpResponse:
    """Whose payments go to the bank."""
    payers = queries.payers()
    return render(request, "banking/new.html", {"payers": list(words_of(payers).items())})


@page
@require(may_keep_money)
def choose(request: HttpRequest, payer: str) -> HttpResponse:
    """Which payments of a payer go into a file: those with a confirmed account that no open file holds."""
    found = queries.payable(payer)
    if not found:
        raise Http404
    names = words_of([payer, *(key for one in found for key in (one.payee, one.standing.share))])
    free = [one for one in found if one.account and not one.in_file]
    told = [
        (one.key, f"{rupiah(one.amount)}, {names[one.payee]}: {names[one.standing.share]}") for one in free
    ]
    form = ChooseForm(request.POST or None, rows=told)

    def make() -> str:
        chosen = form.cleaned_data["chosen"]
        return actions.make_file(payer=payer, chosen=chosen, by=_by(request)).get_absolute_url()

    context = {
        "form": form,
        "payer": names[payer],
        "free": free,
        "sum": sum(one.amount for one in free),
        "without": [(one, names[one.payee]) for one in found if not one.account],
        "waiting": sum(1 for one in found if one.in_file),
    }
    done = _("The bank file is made.")
    return answer(request, form, make, done=done) or render(request, "banking/choose.html", context)


@require_safe
@require(may_read_money)
def show_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its rows, masked, its seal, and what of it is paid."""
    file = get_object_or_404(BankFile, pk=pk)
    rows = list(queries.rows_of(file))
    names = words_of([file.payer, *(key for row in rows for key in (row.payee, row.share))])
    context = {
        "file": file,
        "payer": names[file.payer],
        "look": LOOKS[file.state],
        "rows": [(row, names[row.payee], names[row.share]) for row in rows],
        "paid": sum(row.amount_rupiah for row in rows if row.payment_id),
        "keeps": may_keep_money(request.user),
    }
    return render(request, "banking/file.html", context)


@require_POST
@never_cache
@require(may_keep_money)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it goes to the bank, with account numbers: whose they are may see who took them out."""
    file = get_object_or_404(BankFile, pk=pk)
    try:
        content = actions.take_out(file=file, by=_by(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(file.get_absolute_url())
    persons = sorted({pk for row in queries.rows_of(file) for pk in persons_behind(row.payee)})
    if persons:
        note_personal_reads(
            reader=_by(request), page=file.get_absolute_url(), fields="bank_account", persons=persons
        )
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.code}.csv"'
    return response


@page
@require(may_keep_money)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A file is not sent: its payments may go into another."""
    file = get_object_or_404(BankFile, pk=pk)
    form = WithdrawForm(request.POST or None)

    def take_back() -> str:
        actions.withdraw_file(file=file, reason=form.cleaned_data["reason"], by=_by(request))
        return file.get_absolute_url()

    done = _("The bank file is withdrawn.")
    return answer(request, form, take_back, done=done) or render(
        request, "banking/withdraw.html", {"form": form, "file": file}
    )


@page
@require(may_read_money)
def list_statements(request: HttpRequest) -> HttpResponse:
    """Statements of the bank, and one more; every fault of a wrong one is told at once."""
    keeps = may_keep_money(request.user)
    form = StatementForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and keeps and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            address = do_once(request, lambda: _read(request, sent).get_absolute_url())
        except actions.Faulty as faulty:
            faults = faulty.faults
        else:
            messages.success(request, _("The statement is read. Say line by line what it paid."))
            return redirect(address)
    shown = _page(request, queries.statements())
    context = {"form": form, "faults": faults, "page": shown, "keeps": keeps}
    return render(request, "banking/statements.html", context)


def _read(request: HttpRequest, sent: Any) -> Statement:
    return actions.read_statement(content=sent.read(), name=sent.name, by=_by(request))


@require_safe
@require(may_read_money)
def statements_sheet(request: HttpRequest) -> HttpResponseBase:
    """Every line of every statement, without account numbers."""
    lines = StatementLine.objects.select_related("statement", "row").order_by("-statement", "number")
    headings = [
        Heading(_("Statement"), 34),
        Heading(_("Booked on")),
        Heading(_("Amount"), 16),
        Heading(_("What the bank writes"), 50),
        Heading(_("Paid"), 24),
    ]
    rows = (
        [
            line.statement.name,
            line.booked_on,
            line.amount_rupiah,
            line.text,
            line.row.reference if line.row else "",
        ]
        for line in lines.iterator(2000)
    )
    return workbook_response(_("bank statements"), [(_("Bank statements"), headings, rows)])


@require_safe
@require(may_read_money)
def show_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Line by line: what it paid, or what it may have paid."""
    statement = get_object_or_404(Statement, pk=pk)
    proposed = queries.proposals(queries.lines_of(statement))
    keys = {row.payee for one in proposed for row, _like in one.rows}
    keys |= {one.line.row.payee for one in proposed if one.line.row}
    names = words_of(keys)
    context = {
        "statement": statement,
        "rows": [
            (
                one.line,
                names.get(one.line.row.payee, "") if one.line.row else "",
                [(row, like.label, names[row.payee]) for row, like in one.rows],
            )
            for one in proposed
        ],
        "matched": sum(1 for one in proposed if one.line.row_id),
        "keeps": may_keep_money(request.user),
    }
    return render(request, "banking/statement.html", context)


@require_POST
@require(may_keep_money)
def match(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """A person says what a line paid."""
    found = get_object_or_404(StatementLine, statement=pk, pk=line)
    written = request.POST.get("row", "")
    row = get_object_or_404(BankFileRow, pk=int(written) if written.isdecimal() else 0)
    return press(
        request,
        lambda: actions.confirm_match(line=found, row=row, by=_by(request)),
        back=reverse("banking:statement", args=[pk]),
        done=_("The payment is recorded, proved by the statement."),
    )
