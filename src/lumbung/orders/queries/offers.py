"""What a link opens: one share, or the shares of a captain's group."""

from django.db.models import QuerySet

from lumbung.orders.models import Order, Share
from lumbung.organisations.queries import memberships_of
from lumbung.people.choices import Captain, LinkPurpose
from lumbung.people.models import Link, Person
from lumbung.people.queries import link_for

OFFERED_WITH = (
    "line__order",
    "line__kind",
    "maker__party",
    "maker__owner",
    "maker__village",
    "collection_point",
    "split__parent",
)
HEAVY = tuple(
    f"{split}__{field}"
    for split in ("split", "split__parent")
    for field in ("snapshot", "certificate", "cheapest_amounts", "household_amounts")
)


def bundle_subject(captain: Person, order: Order) -> str:
    """How a captain's link names what it opens."""
    return f"captain:{captain.pk}:{order.code}"


def link_to_share(secret: str) -> tuple[Link | None, Share | None]:
    """The link of this secret, and its share."""
    link = link_for(secret, LinkPurpose.ANSWER_SHARE)
    if link is None:
        return None, None
    return link, _with_all().filter(pk=int(link.subject.removeprefix("share:"))).first()


def link_to_bundle(secret: str) -> Link | None:
    return link_for(secret, LinkPurpose.CAPTAIN_BUNDLE)


def any_link(secret: str) -> Link | None:
    """Whichever link a code typed from paper belongs to."""
    found = (link_for(secret, purpose) for purpose in LinkPurpose)
    return next((link for link in found if link), None)


def order_of_bundle(link: Link) -> Order:
    _captain, _person, code = link.subject.split(":", 2)
    return Order.objects.get(code=code)


def shares_of_bundle(link: Link) -> QuerySet[Share]:
    """The shares that a captain's link opens: of makers whose captain the person is today."""
    return shares_of_captain(link.person, order_of_bundle(link))


def shares_of_captain(captain: Person, order: Order) -> QuerySet[Share]:
    """The order's shares of the makers whose captain this person is today."""
    groups = memberships_of(captain).filter(role=Captain.key).values("party")
    return _with_all().filter(line__order=order, maker__party__in=groups).order_by("maker__party__name", "id")


def _with_all() -> QuerySet[Share]:
    return Share.objects.select_related(*OFFERED_WITH).defer(*HEAVY)
