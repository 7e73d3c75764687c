"""`lumbung open-account`: the first account of a new office; who has it opens the others on the pages."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from foundation.errors import Refused
from foundation.management.speaking import SpeakingCommand
from lumbung.organisations.actions import NewAccount, open_account_in_office
from lumbung.organisations.queries import OFFICE_ROLES
from lumbung.people.choices import ROLE_BY_KEY, Decider, Salutation, Scope

BY = "command:open-account"


class Command(SpeakingCommand):
    help = (
        "Open the first account of an office: its head, who opens the others. The password is asked for; "
        "without a terminal it is read as one line from the standard input."
    )
    stealth_options = ("stdin",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [role.key for role in OFFICE_ROLES if role.scope == Scope.OFFICE]
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--email", default="", help="to sign in with, or --phone")
        parser.add_argument("--phone", default="", help="to sign in with, or --email")
        parser.add_argument("--role", choices=roles, default=Decider.key, help="default: the head of office")
        parser.add_argument("--office", default="", help="name of the office; default: OFFICE_NAME")

    def handle(self, *args: Any, stdin: TextIO = sys.stdin, **options: Any) -> None:
        role, office = ROLE_BY_KEY[options["role"]], options["office"] or settings.OFFICE_NAME
        try:
            person = open_account_in_office(
                NewAccount(
                    options["name"], Salutation.NONE, options["phone"], options["email"], _password(stdin)
                ),
                office=office,
                role=role,
                by=BY,
            )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        told = {"name": person.full_name, "role": role.words, "office": office}
        self.stdout.write(_("%(name)s can sign in now: %(role)s, %(office)s.") % told)


def _password(stdin: TextIO) -> str:
    """Typed twice without being shown; a script sends it as one line."""
    if not stdin.isatty():
        return stdin.readline().rstrip("\r\n")
    password = getpass.getpass(_("Password: "))
    if getpass.getpass(_("The same again: ")) != password:
        raise CommandError(_("The two passwords differ. Nothing was opened."))
    return password
