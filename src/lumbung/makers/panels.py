"""How the list of records names makers and tells their deeds."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from lumbung.makers import choices, queries
from lumbung.makers.choices import MakerState
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


@name_keys("maker")
def makers(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


@name_keys("maker-import")
def imports(keys: Collection[str]) -> Mapping[str, str]:
    return queries.import_names_of(keys)


DEEDS = {
    choices.REGISTERED: gettext_lazy("Maker registered"),
    choices.BATCH_REGISTERED: gettext_lazy("Makers registered at once"),
    choices.CHANGED: gettext_lazy("Maker's entry changed"),
    choices.GOOD_SET: gettext_lazy("Goods and capacity told"),
    choices.GOOD_STOPPED: gettext_lazy("Goods no longer made"),
    choices.WEEKS_BUSY: gettext_lazy("Busy weeks marked"),
    choices.WEEK_FREED: gettext_lazy("Busy week freed"),
    choices.STATE_CHANGED: gettext_lazy("Maker paused, closed or taken up again"),
    choices.OWNER_CHANGED: gettext_lazy("Somebody else answers for a maker"),
    choices.HOUSEHOLD_JOINED: gettext_lazy("Household joined a group"),
    choices.HOUSEHOLD_LEFT: gettext_lazy("Household left a group"),
    choices.DUPLICATES_REVIEWED: gettext_lazy("Two entries found to be two makers"),
    choices.KIND_ADDED: gettext_lazy("Kind of goods added"),
    choices.FILE_CHECKED: gettext_lazy("File of makers checked"),
    choices.FILE_TAKEN_IN: gettext_lazy("File of makers taken in"),
    choices.FILE_TAKEN_BACK: gettext_lazy("File of makers taken back"),
    choices.FILE_DROPPED: gettext_lazy("File of makers dropped"),
}


def sentence_of(told: Told) -> str:
    """A deed in the register as a sentence."""
    wording = _SENTENCES.get(told.record.deed)
    return wording(told) if wording else ""


def _good_set(told: Told) -> str:
    said = told.content
    return _("%(maker)s: %(kind)s, %(capacity)s a week at %(price)s, from %(lot)s on.") % {
        "maker": told.subject,
        "kind": said["kind"],
        "capacity": formats.number(said["weekly_capacity"]),
        "price": formats.rupiah(said["price_rupiah"]),
        "lot": formats.number(said["minimum_lot"]),
    }


def _state_changed(told: Told) -> str:
    state = MakerState(told.content["to"]).label
    return _("%(maker)s is now: %(state)s.") % {"maker": told.subject, "state": state}


def _of_person(sentence: Any) -> Callable[[Told], str]:
    return lambda told: str(sentence) % {"maker": told.subject, "person": told.name(told.content["person"])}


def _of_maker(sentence: Any) -> Callable[[Told], str]:
    return lambda told: str(sentence) % {"maker": told.subject, **told.content}


_SENTENCES: dict[str, Callable[[Told], str]] = {
    choices.REGISTERED: _of_maker(gettext_lazy("%(maker)s was written into the register.")),
    choices.BATCH_REGISTERED: _of_maker(gettext_lazy("%(count)s makers were written down at once.")),
    choices.CHANGED: _of_maker(gettext_lazy("The entry of %(maker)s was changed.")),
    choices.GOOD_SET: _good_set,
    choices.GOOD_STOPPED: _of_maker(gettext_lazy("%(maker)s no longer makes %(kind)s.")),
    choices.WEEKS_BUSY: _of_maker(gettext_lazy("%(maker)s takes no new work in some weeks.")),
    choices.WEEK_FREED: _of_maker(gettext_lazy("%(maker)s takes new work again in a week that was busy.")),
    choices.STATE_CHANGED: _state_changed,
    choices.OWNER_CHANGED: lambda told: (
        _("%(person)s answers for %(maker)s from now on.")
        % {"maker": told.subject, "person": told.name(told.content["new_owner"])}
    ),
    choices.HOUSEHOLD_JOINED: _of_person(gettext_lazy("The house of %(person)s joined %(maker)s.")),
    choices.HOUSEHOLD_LEFT: _of_person(gettext_lazy("The house of %(person)s left %(maker)s.")),
    choices.DUPLICATES_REVIEWED: lambda told: (
        _("%(maker)s and %(other)s were found to be two makers.")
        % {"maker": told.subject, "other": told.name(told.content["other"])}
    ),
    choices.KIND_ADDED: _of_maker(gettext_lazy("The kind of goods %(name)s was added.")),
    choices.FILE_CHECKED: _of_maker(
        gettext_lazy("%(maker)s was checked: %(rows)s rows, %(left_out)s of them cannot be taken in.")
    ),
    choices.FILE_TAKEN_IN: _of_maker(
        gettext_lazy(
            "%(maker)s was taken in: %(new)s makers new, %(changed)s changed; %(left_out)s rows were left out."
        )
    ),
    choices.FILE_TAKEN_BACK: _of_maker(
        gettext_lazy(
            "%(maker)s was taken back: %(removed)s makers taken out, %(set_back)s set back, %(kept)s stay."
        )
    ),
    choices.FILE_DROPPED: _of_maker(gettext_lazy("%(maker)s was dropped without being taken in.")),
}

for _deed, _label in DEEDS.items():
    word_deed(_deed, _label)(sentence_of)


word_fields(
    "makers",
    {
        "name": gettext_lazy("Digest of the name"),
        "kind_added.name": gettext_lazy("Name"),
        "kind": gettext_lazy("Kind of goods"),
        "registered.kind": (gettext_lazy("Kind"), choices.MakerKind.choices),
        "owner": gettext_lazy("Who answers for it"),
        "owner_changed.owner": gettext_lazy("Who answered for it before"),
        "new_owner": gettext_lazy("Who answers for it from now on"),
        "village": gettext_lazy("Code of the village"),
        "households": gettext_lazy("Households"),
        "goods": gettext_lazy("Goods"),
        "hamlet": gettext_lazy("Digest of the hamlet"),
        "house": gettext_lazy("Digest of the house"),
        "bank_account": gettext_lazy("Digest of the bank account"),
        "last_made_on": gettext_lazy("Last real production"),
        "other": gettext_lazy("The other maker"),
        "signs": (gettext_lazy("What they have in common"), choices.DuplicateSign.choices),
        "reason": gettext_lazy("Digest of the reason"),
        "price_rupiah": gettext_lazy("Price per unit, rupiah"),
        "weekly_capacity": gettext_lazy("Capacity a week"),
        "minimum_lot": gettext_lazy("Smallest lot"),
        "code": gettext_lazy("Code"),
        "unit": (gettext_lazy("Unit"), choices.Unit.choices),
        "from": (gettext_lazy("From"), MakerState.choices),
        "to": (gettext_lazy("To"), MakerState.choices),
        "monday": gettext_lazy("Week from Monday"),
        "mondays": gettext_lazy("Weeks from Monday"),
        "file": gettext_lazy("Hash of the content"),
        "rows": gettext_lazy("Rows"),
        "left_out": gettext_lazy("Rows left out"),
        "file_checked.new": gettext_lazy("Makers that are new"),
        "file_checked.changed": gettext_lazy("Makers that are changed"),
        "unchanged": gettext_lazy("Makers that stay as they are"),
        "file_taken_in.new": gettext_lazy("Makers that are new"),
        "file_taken_in.changed": gettext_lazy("Makers that are changed"),
        "removed": gettext_lazy("Makers taken out"),
        "set_back": gettext_lazy("Makers set back"),
        "kept": gettext_lazy("Makers that stay"),
    },
)
