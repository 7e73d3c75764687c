"""How the list of records names letters and tells what happened to them."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lumbung.letters import choices, queries
from lumbung.letters.choices import LetterKind
from lumbung.letters.rules.numbering import pattern_shown
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


@name_keys("letter")
def letters(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


@word_deed(choices.LETTER_ISSUED, gettext_lazy("Letter issued"))
def issued(told: Told) -> str:
    if old := told.content.get("replaces"):
        return _("%(letter)s was issued in the place of %(old)s.") % {
            "letter": told.subject,
            "old": told.name(old),
        }
    if about := told.content["about"]:
        return _("%(letter)s was issued about %(about)s.") % {
            "letter": told.subject,
            "about": told.name(about),
        }
    return _("%(letter)s was issued.") % {"letter": told.subject}


@word_deed(choices.LETTER_VOIDED, gettext_lazy("Letter voided"))
def voided(told: Told) -> str:
    return _("%(letter)s was voided.") % {"letter": told.subject}


@word_deed(choices.LETTERHEAD_SET, gettext_lazy("Letterhead set"))
def head_set(told: Told) -> str:
    return _("%(office)s has a new letterhead.") % {"office": told.subject}


@word_deed(choices.PATTERN_SET, gettext_lazy("Number pattern set"))
def pattern_set(told: Told) -> str:
    return _("%(office)s numbers its letters “%(kind)s” by %(pattern)s.") % {
        "office": told.subject,
        "kind": LetterKind(told.content["kind"]).label,
        "pattern": pattern_shown(told.content["pattern"]),
    }


word_fields(
    "letters",
    {
        "kind": (gettext_lazy("Kind"), LetterKind.choices),
        "number": gettext_lazy("Number"),
        "about": pgettext_lazy("letter", "About"),
        "file": gettext_lazy("Hash of the content"),
        "replaces": gettext_lazy("In the place of"),
        "letterhead": gettext_lazy("Letterhead"),
        "from": gettext_lazy("In force from"),
        "pattern": gettext_lazy("Pattern"),
    },
)
