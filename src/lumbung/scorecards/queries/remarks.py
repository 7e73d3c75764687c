"""The list of remarks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.paging import Page, page_of
from lumbung.makers.models import Maker
from lumbung.makers.rules import search_words
from lumbung.scorecards.models import Remark

ROWS = 25
OPEN, DECIDED = "open", "decided"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among remarks."""

    text: str = ""
    state: str = ""
    newest: bool = False


def found_among(remarks: QuerySet[Remark], wanted: Wanted) -> QuerySet[Remark]:
    if wanted.state in (OPEN, DECIDED):
        remarks = remarks.filter(answered_at__isnull=wanted.state == OPEN)
    for word in search_words(wanted.text):
        remarks = remarks.filter(maker__in=Maker.objects.filter(search_text__contains=word))
    return remarks


def remark_page(remarks: QuerySet[Remark], wanted: Wanted, *, after: str, before: str) -> Page[Remark]:
    by = ("-pk",) if wanted.newest else ("pk",)
    return page_of(found_among(remarks, wanted), by=by, after=after, before=before, size=ROWS)


def exported(remarks: QuerySet[Remark], wanted: Wanted) -> Iterator[Remark]:
    return found_among(remarks, wanted).order_by("pk").iterator(chunk_size=500)
