"""Commands whose output is read by people who do not program: they speak as the screen does."""

import contextlib
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from foundation.management.catalogue import compile_all


class SpeakingCommand(BaseCommand):
    """Indonesian, unless `--lang en` or the language of the machine (LC_ALL, LC_MESSAGES, LANG) is another of ours.

    Called from Python it speaks the language that is on.
    """

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--lang", "--language", dest="lang", choices=codes, help="language of the output")
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        with contextlib.suppress(OSError):  # a read-only place was compiled when it was set up
            compile_all(settings.LOCALE_PATHS)
        from_shell = language_of_the_machine() if getattr(self, "_called_from_command_line", False) else None
        with translation.override(options.get("lang") or from_shell or translation.get_language()):
            return super().execute(*args, **options)


def language_of_the_machine() -> str:
    """The first of the usual variables decides, as in other programs; what is not ours is Indonesian."""
    given = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    found = given.replace("-", "_").partition("_")[0].lower()
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
