"""Signing in, changing and resetting a password: allauth's forms in our words and our look."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LOOK
from foundation.reading import read_phone
from lumbung.people import queries

PASSWORD_HINT = _("At least ten characters. Three words that do not belong together are easy to remember.")


def _password_field(label: Any, *, new: bool, hint: Any = "") -> forms.CharField:
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    return forms.CharField(
        label=label, strip=False, help_text=hint, widget=forms.PasswordInput(attrs=attributes)
    )


class SignInForm(allauth.LoginForm):  # type: ignore[misc]
    """One field for phone or e-mail; numbers may be written 0812… or +62812…."""

    default_renderer = LOOK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Phone number or e-mail"),
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        self.fields["password"] = _password_field(_("Password"), new=False)

    def clean_login(self) -> str:
        written = str(self.cleaned_data["login"]).strip()
        if "@" in written:
            return written.lower()
        try:
            return read_phone(written)
        except ValueError:
            raise forms.ValidationError(
                _("Write a phone number, such as 0812 3456 7890, or an e-mail address.")
            ) from None

    def user_credentials(self) -> dict[str, Any]:
        """What authenticates; `login` is what django-axes counts failures by."""
        login = self.cleaned_data["login"]
        kind = "email" if "@" in login else "phone"
        return {kind: login, "login": login, "password": self.cleaned_data["password"]}


class _NewPassword(forms.Form):
    """A new password, written twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = allauth.SetPasswordField(label=_("New password"), help_text=PASSWORD_HINT)
        new.user = getattr(self, "user", None)
        new.widget.attrs.pop("placeholder", None)
        self.fields["password1"] = new
        self.fields["password2"] = _password_field(_("New password again"), new=True)

    def clean_password2(self) -> str:
        again = str(self.cleaned_data["password2"])
        if self.cleaned_data.get("password1", again) != again:
            raise forms.ValidationError(_("The two passwords differ. Write the same one twice."))
        return again


class ChangePasswordForm(_NewPassword, allauth.ChangePasswordForm):  # type: ignore[misc]
    default_renderer = LOOK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _password_field(_("Present password"), new=False)


class ResetPasswordForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    default_renderer = LOOK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
        )

    def clean_email(self) -> str:
        """Only who may sign in gets a letter; the page says the same to everybody."""
        email = str(self.cleaned_data["email"]).lower()
        person = queries.account_by_email(email)
        self.users = [person] if person else []
        return email


class ResetPasswordKeyForm(_NewPassword, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    default_renderer = LOOK


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    default_renderer = LOOK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _password_field(_("Password"), new=False)
