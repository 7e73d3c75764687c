"""Accounts and roles, kept by the head of office."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.answering import answer, press
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.organisations import actions, queries
from lumbung.organisations.forms import FilterForm, NewAccountForm, PasswordForm, RoleForm
from lumbung.organisations.models import Membership
from lumbung.people.actions import change_password, note_personal_reads, reopen_account
from lumbung.people.models import Person
from lumbung.people.rules import phone_shown


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
def accounts_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same accounts as a workbook: a row a role, without phones."""
    form = FilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    persons = list(queries.accounts_found(**wanted).order_by("-pk"))
    roles = queries.memberships_by_person(persons)
    headings = [
        Heading(_("Name"), 32),
        Heading(_("Role"), 28),
        Heading(_("Where"), 36),
        Heading(_("From"), 14),
    ]
    rows = (row for person in persons for row in _role_rows(person, roles[person.pk]))
    return workbook_response(_("accounts"), [(_("Accounts"), headings, rows)])


def _role_rows(person: Person, held: Sequence[Membership]) -> list[list[object]]:
    """A row for each role, and one for who has none."""
    if not held:
        return [[person.full_name, "", "", ""]]
    return [
        [person.full_name, str(role.get_role_display()), str(role.party), role.starts_on] for role in held
    ]


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
    return answer(request, form, open_it, done=done) or render(
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

    return answer(request, form, give, done=_("The role is given, from today on.")) or _show(
        request, person, role=form
    )


@require_POST
@require(queries.may_keep_accounts)
def end_role(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    held = get_object_or_404(queries.memberships_ever(_person(pk)), pk=membership)
    return press(
        request,
        lambda: actions.end_role(held, by=_by(request)),
        back=reverse("organisations:account", args=[pk]),
        done=_("Today is the last day of this role."),
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
    return answer(request, form, set_it, done=done) or _show(request, person, password=form)


@require_POST
@require(queries.may_keep_accounts)
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(pk)
    done = _("The account is closed. Its roles stay written down.")
    return press(
        request,
        lambda: actions.close_account_of(person, by=_by(request)),
        back=reverse("organisations:account", args=[pk]),
        done=done,
    )


def _person(pk: int) -> Person:
    return get_object_or_404(Person, pk=pk, has_account=True)


def _by(request: HttpRequest) -> str:
    assert isinstance(request.user, Person), "the page has asked before"
    return request.user.key
