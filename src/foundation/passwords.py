"""What a password must not be, said in this product's words."""

from typing import Any

from django.contrib.auth import password_validation as django_rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST = 10


class LongEnough:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < LEAST:
            raise ValidationError(
                _("The password is too short: at least %(least)s characters.") % {"least": LEAST}
            )

    def get_help_text(self) -> str:
        return _("At least %(least)s characters.") % {"least": LEAST}


class NotCommon(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is guessed first. Choose another one.")

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")


class NotAboutYou:
    """Not the name, the phone or the e-mail address, nor nearly."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.lower()
        for value in filter(None, map(self._plain, self._known(user))):
            if value in plain and len(plain) - len(value) < 6:
                raise ValidationError(
                    _("The password is too close to your name, phone number or e-mail. Choose another one.")
                )

    def get_help_text(self) -> str:
        return _("Not your name, phone number or e-mail.")

    @staticmethod
    def _known(user: Any) -> list[str]:
        email = getattr(user, "email", None) or ""
        phone = getattr(user, "phone", "")
        names = str(getattr(user, "full_name", "")).split()
        return [*names, email, email.partition("@")[0], phone[3:]]

    @staticmethod
    def _plain(value: str) -> str:
        return value.lower() if len(value) >= 4 else ""
