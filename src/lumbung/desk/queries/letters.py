"""Letters that running orders lack, for who sets them."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.desk.rules import Task, due_words
from lumbung.letters.choices import LetterKind
from lumbung.letters.queries import offices_written_by
from lumbung.paperwork.queries import head_of, lacking_in_running_orders
from lumbung.people.models import Person

WORDS: dict[LetterKind, Callable[[int], str]] = {
    LetterKind.ORDER: lambda count: ngettext("order letter missing", "order letters missing", count),
    LetterKind.DELIVERY: lambda count: ngettext("delivery record missing", "delivery records missing", count),
    LetterKind.INSPECTION: lambda count: ngettext(
        "inspection record missing", "inspection records missing", count
    ),
    LetterKind.RECEIPT: lambda count: ngettext("receipt missing", "receipts missing", count),
}


def for_setters(person: Person) -> Iterator[Task]:
    """Nothing while the office has no letterhead: then no letter can be set."""
    if head_of(offices_written_by(person).first()) is None:
        return
    for lacking in lacking_in_running_orders():
        told = {"order": lacking.order.title, "due": due_words(lacking.order.due_on)}
        yield Task(
            number=lacking.count,
            words=WORDS[lacking.kind](lacking.count),
            sentence=_("%(order)s, %(due)s. One button sets them all.") % told,
            action=_("See letters"),
            url=reverse("paperwork:overview", args=[lacking.order.code]),
        )
