"""Accounts and roles, kept by the head of office."""

import io
from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.access import require
from foundation.errors import Refused
from foundation.once import do_once
from foundation.sheets import Heading, Workbook
from lumbung.organisations import actions, queries
from lumbung.organisations.forms import FilterForm, NewAccountForm, PasswordForm, RoleForm
from lumbung.people.actions import change_password, note_personal_reads, reopen_account
from lumbung.people.models import Person
from lumbung.people.rules import phone_shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@require(queries.may_keep_accounts)
def accounts(request: HttpRequest) -> HttpResponse:
    """Who may sign in, and what they are."""
    form = FilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = queries.accounts_page(**wanted, after=_place(request, "after"), before=_place(request, "before"))
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    rows = [(person, page.roles[person.pk]) for person in page.rows]
    context = {"form": form, "page": page, "rows": rows, "kept": kept.urlencode()}
    return render(request, "organisations/accounts.html", context)


def _place(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@require_safe
@require(queries.may_keep_accounts)
def accounts_sheet(request: HttpRequest) -> HttpResponse:
    """The same accounts as a workbook: a row a role, without phones."""
    form = FilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    persons = list(queries.accounts_found(**wanted).order_by("-pk"))
    roles = queries.memberships_by_person(persons)
    target = io.BytesIO()
    headings = [
        Heading(_("Name"), 32),
        Heading(_("Role"), 28),
        Heading(_("Where"), 36),
        Heading(_("From"), 14),
    ]
    with Workbook(target) as book:
        sheet = book.sheet(_("Accounts"), headings)
        for person in persons:
            for held in roles[person.pk]:
                what = [str(held.get_role_display()), str(held.party), held.starts_on]
                sheet.row([person.full_name, *what])
            if not roles[person.pk]:
                sheet.row([person.full_name, "", "", ""])
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="akun-{clock.today()}.xlsx"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@require(queries.may_keep_accounts)
@never_cache
def new_account(request: HttpRequest) -> HttpResponse:
    """Somebody new who is to sign in, with the first role."""
    form = NewAccountForm(request.POST or None)

    def open_it() -> str:
        opened = actions.open_account_with_role(form.account(), **form.where(), by=_by(request))
        return reverse("organisations:account", args=[opened.pk])

    done = _("The account is open. Tell the person the password.")
    return _answer(request, form, open_it, done) or render(
        request, "organisations/new_account.html", {"form": form}
    )


@require_safe
@require(queries.may_keep_accounts)
@never_cache
def account(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _person(pk))


def _show(
    request: HttpRequest,
    person: Person,
    *,
    role: RoleForm | None = None,
    password: PasswordForm | None = None,
) -> HttpResponse:
    """The account with all roles it ever had, each with its dates."""
    note_personal_reads(
        reader=_by(request), page=pgettext("sign-in", "Account"), fields="phone, email", persons=[person.pk]
    )
    shown = {
        "person": person,
        "phone": phone_shown(person.phone),
        "held": [(held, held.ends_on is None) for held in queries.memberships_ever(person)],
        "role_form": role or RoleForm(auto_id="role_%s"),
        "password_form": password or PasswordForm(auto_id="new_%s"),
        "is_own": person.key == _by(request),
    }
    return render(request, "organisations/account.html", shown)


@require_POST
@require(queries.may_keep_accounts)
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    person, form = _person(pk), RoleForm(request.POST, auto_id="role_%s")

    def give() -> str:
        actions.give_role(person=person, **form.where(), by=_by(request))
        return reverse("organisations:account", args=[pk])

    return _answer(request, form, give, _("The role is given, from today on.")) or _show(
        request, person, role=form
    )


@require_POST
@require(queries.may_keep_accounts)
def end_role(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    held = get_object_or_404(queries.memberships_ever(_person(pk)), pk=membership)
    return _press(
        request, pk, lambda: actions.end_role(held, by=_by(request)), _("Today is the last day of this role.")
    )


@sensitive_post_parameters("password")
@require_POST
@require(queries.may_keep_accounts)
def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password; it opens a closed account again."""
    person, form = _person(pk), PasswordForm(request.POST, auto_id="new_%s")

    def set_it() -> str:
        deed = change_password if person.is_active else reopen_account
        deed(person, form.cleaned_data["password"], by=_by(request))
        return reverse("organisations:account", args=[pk])

    done = _("The new password counts from now on. Tell it to the person alone.")
    return _answer(request, form, set_it, done) or _show(request, person, password=form)


@require_POST
@require(queries.may_keep_accounts)
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(pk)
    done = _("The account is closed. Its roles stay written down.")
    return _press(request, pk, lambda: actions.close_account_of(person, by=_by(request)), done)


def _person(pk: int) -> Person:
    return get_object_or_404(Person, pk=pk, has_account=True)


def _by(request: HttpRequest) -> str:
    assert isinstance(request.user, Person), "the page has asked before"
    return request.user.key


def _answer(
    request: HttpRequest, form: django_forms.Form, deed: Callable[[], str], done: str
) -> HttpResponse | None:
    """Do the deed once and go to its address; None when something is to be put right in the form."""
    if not form.is_valid():
        return None
    try:
        address = do_once(request, deed)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    messages.success(request, done)
    return redirect(address)


def _press(request: HttpRequest, pk: int, deed: Callable[[], object], done: str) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
    return redirect("organisations:account", pk=pk)
