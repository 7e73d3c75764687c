"""What the head of office types about accounts and roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from lumbung.organisations import queries, rules
from lumbung.organisations.actions import NewAccount
from lumbung.organisations.models import Party
from lumbung.people.choices import ROLE_BY_KEY, Buyer, Role, Salutation
from lumbung.places.models import Regency

GIVEN: tuple[type[Role], ...] = (*queries.OFFICE_ROLES, Buyer)
ROLES_GIVEN = [(role.key, role.words) for role in GIVEN]


class FilterForm(LookForm):
    """Which accounts to show."""

    text = forms.CharField(label=_("Name, phone or e-mail"), required=False, max_length=80)
    closed = forms.BooleanField(label=_("Closed accounts"), required=False)


class RoleForm(LookForm):
    """What somebody becomes, where, and for which regency."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES_GIVEN)
    party = forms.ModelChoiceField(
        label=_("Office or buyer"), queryset=Party.objects.none(), empty_label=_("Choose")
    )
    regency = forms.ModelChoiceField(
        label=_("Regency"),
        queryset=Regency.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Only for an officer of a regency."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = queries.parties_for_roles()  # type: ignore[attr-defined]
        self.fields["regency"].queryset = Regency.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"role", "party"} <= given.keys():
            reason = rules.why_not_role(self.given_role, regency=given.get("regency"), party=given["party"])
            if reason:
                self.add_error("regency" if given["party"].kind == "office" else "party", reason)
        return given

    @property
    def given_role(self) -> type[Role]:
        return ROLE_BY_KEY[self.cleaned_data["role"]]

    def where(self) -> dict[str, Any]:
        return {
            "role": self.given_role,
            "party": self.cleaned_data["party"],
            "regency": self.cleaned_data["regency"],
        }


class PasswordForm(LookForm):
    """A first or a new password, told to its owner by word of mouth."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_(
            "At least ten characters. Tell it to the person alone; they can change it after signing in."
        ),
    )


class NewAccountForm(RoleForm, PasswordForm):
    """Somebody new who is to sign in."""

    full_name = forms.CharField(label=_("Full name"), max_length=160)
    salutation = forms.ChoiceField(
        label=_("Salutation"),
        choices=[(one, one.label) for one in (Salutation.IBU, Salutation.BAPAK)],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label=_("Phone"), max_length=24, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("One of phone and e-mail is needed to sign in.")
    )
    field_order = ["full_name", "salutation", "phone", "email", "role", "party", "regency", "password"]

    def account(self) -> NewAccount:
        given = self.cleaned_data
        return NewAccount(
            given["full_name"],
            Salutation(given["salutation"]),
            given["phone"],
            given["email"] or None,
            given["password"],
        )
