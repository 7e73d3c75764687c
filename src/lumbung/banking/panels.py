"""The way to bank files from money's list, and how the list of records tells the room's deeds."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from foundation import formats
from foundation.panels import Way, register_way
from lumbung.banking import choices, queries
from lumbung.money.queries import may_read_money
from lumbung.records.queries import Told, name_keys, word_deed, word_fields

register_way("money.list", Way(gettext_lazy("Bank files"), "banking:files", may_read_money))
register_way("money.list", Way(gettext_lazy("Bank statements"), "banking:statements", may_read_money))


@name_keys("bank_file")
def bank_files(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


@name_keys("statement")
def statements(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


def _of(sentence: Any) -> Callable[[Told], str]:
    def tell(told: Told) -> str:
        said = dict(told.content)
        if "total" in said:
            said["total"] = formats.rupiah(said["total"])
        if "payment" in said:
            said["payment"] = told.name(said["payment"])
        return str(sentence) % {"subject": told.subject, **said}

    return tell


_DEEDS: dict[str, tuple[Any, Any]] = {
    choices.FILE_MADE: (
        gettext_lazy("Bank file made"),
        gettext_lazy("The bank file %(subject)s was made: %(count)s rows, %(total)s."),
    ),
    choices.FILE_TAKEN_OUT: (
        gettext_lazy("Bank file downloaded"),
        gettext_lazy("The bank file %(subject)s was downloaded."),
    ),
    choices.FILE_WITHDRAWN: (
        gettext_lazy("Bank file withdrawn"),
        gettext_lazy("The bank file %(subject)s was withdrawn: %(reason)s"),
    ),
    choices.STATEMENT_READ: (
        gettext_lazy("Bank statement read"),
        gettext_lazy("The bank statement %(subject)s was read: %(count)s lines."),
    ),
    choices.LINE_MATCHED: (
        gettext_lazy("Line of a statement matched"),
        gettext_lazy("Line %(line)s of %(subject)s paid %(reference)s: %(payment)s."),
    ),
}
for _deed, (_label, _sentence) in _DEEDS.items():
    word_deed(_deed, _label)(_of(_sentence))

word_fields(
    "banking",
    {
        "total": gettext_lazy("Sum, rupiah"),
        "payer": gettext_lazy("Payer"),
        "left_aside": gettext_lazy("Rows left aside"),
        "line": gettext_lazy("Row of the sheet"),
        "reference": gettext_lazy("Reference"),
        "payment": gettext_lazy("Payment"),
    },
)
