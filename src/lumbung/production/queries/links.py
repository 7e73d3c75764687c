"""What a member's link opens, and what a captain tells of at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from lumbung.orders.models import Order, Share
from lumbung.orders.queries.offers import HEAVY, OFFERED_WITH, shares_of_captain
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link, Person
from lumbung.people.queries import link_for
from lumbung.production.models import Made, Making, Part
from lumbung.production.queries.making import told_on
from lumbung.production.queries.standards import newest_of


def member_subject(share: Share, person: Person) -> str:
    """How a member's link names what it opens."""
    return f"part:{share.pk}:{person.pk}"


def link_to_member(secret: str) -> tuple[Link | None, Share | None]:
    """The link of this secret, and the share that its member has a part of."""
    link = link_for(secret, LinkPurpose.OWN_PART)
    if link is None:
        return None, None
    share = int(link.subject.split(":")[1])
    return link, Share.objects.select_related(*OFFERED_WITH).defer(*HEAVY).filter(pk=share).first()


def has_held_shares(captain: object, order: Order) -> bool:
    """Whether the captain's group holds something of this order."""
    if not isinstance(captain, Person):
        return False
    held = shares_of_captain(captain, order).filter(confirmed_quantity__gt=F("released_quantity"))
    return held.exists()


@dataclass(frozen=True)
class BundleRow:
    """One line that a captain may write a number on: a share, or a member's part of it."""

    name: str
    """Of the field in the form."""
    share: Share
    part: Part | None
    held: int
    made: int
    told_today: int
    is_begun: bool

    @property
    def left(self) -> int:
        return max(0, self.held - self.made)

    @property
    def is_open(self) -> bool:
        """Whether something can be told here now."""
        return self.is_begun and self.left > 0 and (self.part is None or self.part.confirmed_at is not None)


@dataclass(frozen=True)
class _Facts:
    begun: set[int]
    made: dict[int, int]
    parts: dict[int, list[Part]]
    by_member: dict[tuple[int, int], int]
    today: dict[int, int]


def bundle_rows(shares: Sequence[Share], *, day: date) -> list[BundleRow]:
    """Every line of a captain's page: members where a share has parts, else the share; five queries."""
    held = [share for share in shares if share.held_quantity > 0]
    facts = _facts_of(held, day)
    return [row for share in held for row in _rows_of(share, facts)]


def _facts_of(shares: Sequence[Share], day: date) -> _Facts:
    pks = [share.pk for share in shares]
    newest = newest_of({share.line_id for share in shares})
    lines = {share.pk: share.line_id for share in shares}
    makings = list(Making.objects.filter(pk__in=pks))
    parts: dict[int, list[Part]] = {}
    standing = Part.objects.filter(share__in=pks, correction__isnull=True, quantity__gt=0)
    for part in standing.select_related("person").order_by("pk"):
        parts.setdefault(part.share_id, []).append(part)
    members = Made.objects.filter(share__in=pks, correction__isnull=True, part__isnull=False).order_by()
    by_member = {
        (share, person): total
        for share, person, total in members.values_list("share", "part__person").annotate(
            total=Sum("quantity")
        )
    }
    return _Facts(
        begun={one.pk for one in makings if one.standard_id == newest.get(lines[one.pk])},
        made={one.pk: one.made_quantity for one in makings},
        parts=parts,
        by_member=by_member,
        today=told_on(shares, day),
    )


def _rows_of(share: Share, facts: _Facts) -> list[BundleRow]:
    begun, made = share.pk in facts.begun, facts.made.get(share.pk, 0)
    parts = facts.parts.get(share.pk, [])
    if not parts:
        today = facts.today.get(share.pk, 0)
        return [BundleRow(f"s{share.pk}", share, None, share.held_quantity, made, today, begun)]
    return [
        BundleRow(
            f"p{part.pk}",
            share,
            part,
            part.quantity,
            facts.by_member.get((share.pk, part.person_id), 0),
            0,
            begun,
        )
        for part in parts
    ]
