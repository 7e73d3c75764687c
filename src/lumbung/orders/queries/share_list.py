"""The list of an order's shares: filtered, searched, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import DateTimeField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from foundation import clock
from foundation.paging import Order, Page, page_of
from lumbung.makers.rules import search_words
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Share
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link

ROWS = 25
UNSENT = "unsent"
WAITING = "waiting"
OFFERED_FIRST = "offered"
SORTS: dict[str, Order] = {
    OFFERED_FIRST: ("pk",),
    "name": ("maker__sort_name", "pk"),
    "place": ("maker__village", "maker__sort_name", "pk"),
    "quantity": ("-quantity", "pk"),
    "term": ("term", "pk"),
}
NO_TERM = datetime(9999, 1, 1, tzinfo=UTC)
"""What was not sent yet has no term and stands at the end."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the shares."""

    text: str = ""
    state: str = ""
    sort: str = OFFERED_FIRST


def found_among(shares: QuerySet[Share], wanted: Wanted) -> QuerySet[Share]:
    """The shares that fit, in the order wanted: by the state as a reader sees it now, by maker or village."""
    if wanted.state:
        shares = shares.filter(_in_state(wanted.state))
    for word in search_words(wanted.text):
        shares = shares.filter(maker__search_text__contains=word)
    if wanted.sort == "term":
        shares = shares.annotate(term=Coalesce("answer_until", Value(NO_TERM), output_field=DateTimeField()))
    return shares.order_by(*SORTS[wanted.sort])


def _in_state(state: str) -> Q:
    offered, now = Q(state=ShareState.OFFERED), clock.now()
    if state == UNSENT:
        return offered & Q(sent_at__isnull=True)
    if state == WAITING:
        return offered & Q(answer_until__gt=now)
    if state == ShareState.LAPSED:
        return Q(state=state) | (offered & Q(answer_until__lte=now))
    return Q(state=state)


def share_page(
    shares: QuerySet[Share], *, sort: str = OFFERED_FIRST, after: str = "", before: str = ""
) -> Page[Share]:
    return page_of(shares, by=SORTS[sort], after=after, before=before, size=ROWS)


def exported_shares(shares: QuerySet[Share]) -> Iterator[Share]:
    return shares.iterator(chunk_size=2000)


def links_to(share: Share) -> QuerySet[Link]:
    """Every link to a share, the newest first; withdrawn ones too."""
    links = Link.objects.select_related("person").filter(subject=share.key, purpose=LinkPurpose.ANSWER_SHARE)
    return links.order_by("-id")
