import gettext
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foundation.management import catalogue


@pytest.fixture
def house(tmp_path, settings):
    """A small project whose code says a few things."""
    code = tmp_path / "src" / "room"
    (code / "templates" / "room").mkdir(parents=True)
    (code / "tests").mkdir()
    (code / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        "_('Send')\n"
        "ngettext('One maker', '%(count)s makers', 2)\n"
        "pgettext('of a lot', 'held')\n"
        "_('Two %(a)s'\n  ' lines')\n"
        "_(variable)\n"
        "translation.gettext(f'{variable}')\n"
        "f'{translation.gettext(\"Within\")} {2}'\n"
    )
    (code / "templates" / "room" / "page.html").write_text(
        '<ul>\n    {% if x %}\n  <li title="it\'s">{% translate "Village" %}</li>\n{% endif %}\n'
        "{% blocktranslate trimmed count n=rows|length %}\n  {{ n }} row\n{% plural %}\n  {{ n }} rows\n"
        "{% endblocktranslate %}{{ _('Price')|title }}{% translate '2 % more' context \"budget\" %}\n"
        "{# translators: nothing #}{% comment %}{% translate 'Gone' %}{% endcomment %}</ul>"
    )
    (code / "tests" / "test_views.py").write_text("_('only in a test')")
    settings.ROOT = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


KEYS = {
    ("", "Send", ""),
    ("", "One maker", "%(count)s makers"),
    ("of a lot", "held", ""),
    ("", "Two %(a)s lines", ""),
    ("", "Within", ""),
    ("", "Village", ""),
    ("", "%(n)s row", "%(n)s rows"),
    ("", "Price", ""),
    ("budget", "2 %% more", ""),
}

WORDS = """
msgid "Send"
msgstr "Kirim"

msgid "One maker"
msgid_plural "%(count)s makers"
msgstr[0] "%(count)s pelaku"

msgctxt "of a lot"
msgid "held"
msgstr "ditahan"

msgid "Two %(a)s lines"
msgstr "Dua baris %(a)s"

msgid "Within"
msgstr "Di dalam"

msgid "Village"
msgstr "Desa"

msgid "%(n)s row"
msgid_plural "%(n)s rows"
msgstr[0] "%(n)s baris"

msgid "Price"
msgstr "Harga"

msgctxt "budget"
msgid "2 %% more"
msgstr "2 %% lebih"
"""


def po(house):
    return house / "locale" / "id" / "LC_MESSAGES" / "django.po"


def words_file(house, text=WORDS):
    path = house / "words.po"
    path.write_text(text)
    return path


def test_the_words_of_code_and_templates_are_collected(house):
    assert set(catalogue.collect(house / "src")) == KEYS


def test_a_gap_fails_and_is_named(house, capsys):
    with pytest.raises(CommandError, match="1 missing, 0 obsolete, 0 mismatched"):
        call_command("words", "--check", "--merge", words_file(house, WORDS.replace('"Kirim"', '""')))
    assert "without Indonesian words: room/views.py: “Send”" in capsys.readouterr().err


def test_a_complete_catalogue_passes_and_is_compiled(house):
    call_command("words", "--check", "--merge", words_file(house))
    before = po(house).read_bytes()
    call_command("words", "--check")
    assert po(house).read_bytes() == before
    with po(house).with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Send") == "Kirim"
    assert spoken.ngettext("One maker", "%(count)s makers", 1) == "%(count)s pelaku"
    assert spoken.pgettext("of a lot", "held") == "ditahan"


def test_the_file_is_sorted_and_without_line_numbers(house):
    call_command("words", "--merge", words_file(house))
    text = po(house).read_text()
    assert "#:" not in text
    assert "nplurals=1; plural=0;" in text
    messages = [line for line in text.splitlines() if line.startswith("msgid ")][1:]
    assert messages == sorted(messages)


def test_what_nobody_says_any_more_is_removed_and_fails_once(house, capsys):
    call_command("words", "--merge", words_file(house))
    (house / "src" / "room" / "views.py").write_text("")
    with pytest.raises(CommandError, match="0 missing, 5 obsolete"):
        call_command("words", "--check")
    assert "removed: “held” (of a lot)" in capsys.readouterr().err
    call_command("words", "--check")


@pytest.mark.parametrize(
    ("message", "string", "why"),
    [
        (("", "%(a)s of %(b)s", ""), "%(b)s", "instead of"),
        (("", "plain", ""), "%(a)s", "instead of none"),
        (("", "{name} is here", ""), "ada", "no placeholder instead of {name}"),
        (("", "%(a)s %% of", ""), "%(a)s % dari", "not doubled"),
        (("", "One", "%(n)s rows"), "baris", "no placeholder"),
        (("", "%(a)s %% of", ""), "%(a)s %% dari", ""),
        (("", "One", "%(n)s rows"), "%(n)s baris", ""),
        (("", "%s pieces", ""), "%s lembar", ""),
        (("", "up to 2 %", ""), "sampai 2 %", ""),
    ],
)
def test_a_translation_must_hold_the_same_placeholders(message, string, why):
    fault = catalogue.mismatch(message, string)
    assert why in fault if why else fault == ""


def test_compiling_again_does_nothing_until_the_words_change(house):
    call_command("words", "--merge", words_file(house))
    assert catalogue.compile_all([house / "locale"]) == 0
    later = po(house).with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(po(house), ns=(later, later))
    assert catalogue.compile_all([house / "locale"]) == 1


def test_a_broken_or_absent_file_is_told(house):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("words", "--merge", words_file(house, "halo dunia"))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("words", "--merge", Path("/nowhere.po"))


def test_the_command_wants_to_know_what_to_do(house):
    with pytest.raises(CommandError, match="Say what to do"):
        call_command("words")
