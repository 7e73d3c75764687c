"""How signing in is wired: who may, by what, and where its pages are.

Accounts are opened by the office; nobody signs up. This stands above the rooms because the sign-in page of a
demo shows persons (people) with their roles (organisations).
"""

from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from foundation import marking
from foundation.reading import read_phone
from foundation.throttle import client_address
from lumbung.organisations.queries import roles_by_person
from lumbung.people import actions, queries, rules
from lumbung.people.choices import DEMO_PASSWORD
from lumbung.people.models import Person


class Backend(BaseBackend):
    """Password, with a phone number or an e-mail address; only holders of an open account."""

    def authenticate(
        self, request: HttpRequest | None, password: str = "", phone: str = "", email: str = "", **other: Any
    ) -> Person | None:
        person = queries.account_by_phone(phone) or queries.account_by_email(email)
        if person is None:
            Person().set_password(password)  # takes as long as a wrong password, so that time tells nothing
            return None
        return person if person.check_password(password) else None

    def get_user(self, user_id: int) -> Person | None:
        return queries.accounts().filter(pk=user_id).first()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks of us."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account was closed. Please ask the office."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "phone_password_mismatch": _("The phone number or the password is not right."),
        "invalid_login": _("The phone number, the e-mail address or the password is not right."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link was used already or is too old. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Please wait an hour, or reset your password."),
        "rate_limited": _("Too many requests at once. Please wait a minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return marking.marked(subject)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def clean_password(self, password: str, user: Person | None = None) -> str:
        if user is not None and (reason := rules.why_not_change_password(password, user)):
            raise ValidationError(reason)
        return password

    def set_password(self, user: Person, password: str) -> None:
        actions.change_password(user, password, by=user.key)

    def reauthenticate(self, user: Person, password: str) -> bool:
        return user.check_password(password)

    # Phones are written down by the office, which knows their owners; no code is sent to check them.

    def clean_phone(self, phone: str) -> str:
        return read_phone(phone)

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def get_user_by_phone(self, phone: str) -> Person | None:
        return queries.account_by_phone(phone)

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        actions.change_contact(user, phone=phone, email=user.email, by=user.key)

    def set_phone_verified(self, user: Person, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **other: Any) -> None:
        raise NotImplementedError("Lumbung sends no codes by SMS.")


class SignIn(views.LoginView):  # type: ignore[misc]
    """The sign-in page; a demo shows its accounts there."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        persons = list(queries.demo_accounts())
        roles = roles_by_person(persons)
        shown = [
            {
                "person": person,
                "roles": roles[person.pk],
                "sign_in_name": person.email or rules.phone_shown(person.phone),
            }
            for person in persons
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_accounts": shown, "demo_password": DEMO_PASSWORD}


def sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: the page says who opens accounts."""
    return render(request, "account/signup_closed.html")


urlpatterns = [
    path("masuk/", SignIn.as_view(), name="account_login"),
    path("keluar/", views.logout, name="account_logout"),
    path("daftar/", sign_up, name="account_signup"),
    path("ditutup/", views.account_inactive, name="account_inactive"),
    path("ulang/", views.reauthenticate, name="account_reauthenticate"),
    path("sandi/", views.password_change, name="account_change_password"),
    path("sandi/baru/", views.password_set, name="account_set_password"),
    path("sandi/lupa/", views.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sandi/atur/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sandi/atur/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
