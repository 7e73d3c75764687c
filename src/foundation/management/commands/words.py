"""`lumbung words`: collect, check and compile the words of the screen."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel.messages.pofile import PoFileError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.management import catalogue


class Command(BaseCommand):
    help = (
        "Collect, check and compile the words of the screen: English in the code, Indonesian on the screen."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--compile", action="store_true", help="compile what changed, so that pages can say it"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="bring the .po file up to date; fail when an Indonesian word is missing",
        )
        parser.add_argument(
            "--merge", nargs="+", type=Path, metavar="FILE", help="take translations from other .po files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["compile"] or options["check"] or options["merge"]):
            raise CommandError("Say what to do: --compile, --check or --merge FILE.")
        try:
            result = self._update(options["merge"] or []) if options["check"] or options["merge"] else None
            catalogue.compile_all(settings.LOCALE_PATHS)
        except PoFileError as fault:
            raise CommandError(f"A .po file cannot be read: {fault}") from None
        if result is not None:
            self._report(result, failing=options["check"])

    def _update(self, others: list[Path]) -> catalogue.Check:
        path = Path(settings.LOCALE_PATHS[0]) / "id" / "LC_MESSAGES" / "django.po"
        found, words = catalogue.collect(settings.ROOT / "src"), catalogue.read_words(path)
        obsolete = catalogue.check(found, words).obsolete
        for other in others:
            if not other.exists():
                raise CommandError(f"There is no file {other}.")
            words |= catalogue.read_words(other)
        known = {key: word for key, word in words.items() if key in found}
        catalogue.write_words(path, found, known)
        result = catalogue.check(found, known)
        result.obsolete = obsolete
        self.stdout.write(f"{len(known)} of {len(found)} messages have Indonesian words.")
        return result

    def _report(self, result: catalogue.Check, *, failing: bool) -> None:
        for title, lines in (
            ("without Indonesian words", result.missing),
            ("no longer said anywhere, removed", result.obsolete),
            ("with placeholders that do not match", result.mismatched),
        ):
            for line in lines:
                self.stderr.write(f"{title}: {line}")
        if result and failing:
            raise CommandError(
                f"{len(result.missing)} missing, {len(result.obsolete)} obsolete, "
                f"{len(result.mismatched)} mismatched."
            )
