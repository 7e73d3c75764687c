"""A maker's own line in each order of the last year: asked or not, the share or the one reason, and the ledger."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from foundation import clock
from lumbung.makers.models import GoodsKind, Maker
from lumbung.objections.rules.own_line import Said, kept_words, ledger_sentence, said_of
from lumbung.orders.choices import ShareState, SplitState
from lumbung.orders.models import Order, Share, SplitRow
from lumbung.orders.queries.ledger import LEDGER_DAYS, turns_of_kinds
from lumbung.orders.rules.turns import Turn, part_of_price, turn_credit
from lumbung.organisations.queries import memberships_of
from lumbung.people.choices import Captain, LinkPurpose
from lumbung.people.models import Link, Person
from lumbung.people.queries import link_for

MOST_MAKERS = 60
HEAVY = tuple(
    f"split__{name}"
    for name in (
        "snapshot",
        "certificate",
        "frontier",
        "cheapest_amounts",
        "household_amounts",
        "nearest_misses",
    )
)
SHOWN_WITH = ("party", "owner", "village__district__regency")


@dataclass(frozen=True)
class OwnLine:
    """What one decided split gave a maker, and what became of it."""

    row: SplitRow
    share: Share | None

    @property
    def order(self) -> Order:
        return self.row.split.line.order

    @property
    def waits(self) -> bool:
        """Whether nothing was offered at all."""
        return self.share is None

    @property
    def said(self) -> Said:
        """The line in words."""
        return said_of(self.row, self.share, at=clock.now())


@dataclass
class Ledger:
    """One kind of goods over the year: what fell to the maker by capacity, what it got, what makes up for it."""

    kind: GoodsKind
    turn: Turn
    price_rupiah: int
    """What was paid in the newest order of this kind."""
    value_rupiah: int = 0

    @property
    def credit_rupiah(self) -> int:
        """The credit a unit in the next order, if its price and its rule are as usual."""
        highest = part_of_price(self.price_rupiah, settings.FAIRNESS_BP["turn_credit_bp"])
        return turn_credit(self.turn, highest=highest)

    @property
    def sentence(self) -> str:
        return ledger_sentence(self.kind, self.turn, self.credit_rupiah)

    @property
    def kept(self) -> str:
        return kept_words(self.kind, self.turn, self.value_rupiah)


@dataclass
class OwnLines:
    """All lines of one maker, the newest first, and the ledger by kind of goods."""

    maker: Maker
    lines: list[OwnLine] = field(default_factory=list)
    ledger: list[Ledger] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(not line.waits for line in self.lines)


def own_lines_of(makers: Sequence[Maker]) -> list[OwnLines]:
    """The lines of these makers; a bounded number of queries, however many kinds of goods they make."""
    found = {maker.pk: OwnLines(maker) for maker in makers}
    shares = _shares_of(found)
    for row in _rows_of(found):
        own = found[row.maker_id]
        own.lines.append(OwnLine(row, shares.get((row.maker_id, row.split.line_id))))
    _add_ledgers(found)
    return list(found.values())


def _rows_of(makers: Collection[int]) -> QuerySet[SplitRow]:
    rows = SplitRow.objects.filter(
        maker__in=makers,
        split__state=SplitState.DECIDED,
        split__parent__isnull=True,
        split__decided_at__gt=clock.now() - timedelta(days=LEDGER_DAYS),
    )
    return (
        rows.select_related("split__line__order", "split__line__kind", "maker__village")
        .defer(*HEAVY)
        .order_by("-split__decided_at", "-pk")
    )


def _shares_of(makers: Collection[int]) -> dict[tuple[int, int], Share]:
    """Maker and line → the newest share; one that holds something comes before one that does not."""
    since = clock.now() - timedelta(days=2 * LEDGER_DAYS)
    rows = Share.objects.filter(maker__in=makers, offered_at__gt=since).select_related(
        "line__order", "line__kind"
    )
    found: dict[tuple[int, int], Share] = {}
    for share in rows.order_by("pk"):
        before = found.get((share.maker_id, share.line_id))
        if before is None or share.held_quantity or not before.held_quantity:
            found[share.maker_id, share.line_id] = share
    return found


def _add_ledgers(found: dict[int, OwnLines]) -> None:
    kinds: dict[str, GoodsKind] = {}
    prices: dict[str, int] = {}
    value: dict[tuple[int, str], int] = defaultdict(int)
    for own in found.values():
        for line in own.lines:
            kind = line.row.split.line.kind
            kinds.setdefault(kind.pk, kind)
            prices.setdefault(kind.pk, line.row.split.line.price_rupiah)
            if line.share and (line.share.held_quantity or line.share.state == ShareState.OFFERED):
                value[own.maker.pk, kind.pk] += line.share.value_rupiah
    turns = turns_of_kinds(kinds, makers=found) if kinds else {}
    for code, kind in kinds.items():
        for number, own in found.items():
            if turn := turns.get((code, number)):
                own.ledger.append(Ledger(kind, turn, prices[code], value[number, code]))


# By link


def makers_of_captain(captain: Person) -> QuerySet[Maker]:
    groups = memberships_of(captain).filter(role=Captain.key).values("party")
    return Maker.objects.filter(party__in=groups).select_related(*SHOWN_WITH).order_by("sort_name", "pk")


def link_to_lines(secret: str) -> tuple[Link | None, list[Maker]]:
    """The link of this secret, and the makers whose lines it opens: one, or a captain's group."""
    link = link_for(secret, LinkPurpose.OWN_REASON)
    if link is None:
        return None, []
    kind, _colon, number = link.subject.partition(":")
    if kind == "captain":
        return link, list(makers_of_captain(link.person)[:MOST_MAKERS])
    makers = Maker.objects.select_related(*SHOWN_WITH).filter(pk=int(number), owner=link.person)
    return link, list(makers)


def order_of_maker(makers: Sequence[Maker], code: str, maker: int) -> tuple[Order, Maker] | None:
    """An order in which one of these makers stands, to object to it; None for any other."""
    whose = next((one for one in makers if one.pk == maker), None)
    if whose is None:
        return None
    order = Order.objects.filter(
        code=code,
        published_at__isnull=False,
        lines__splits__rows__maker=whose,
        lines__splits__state=SplitState.DECIDED,
    ).first()
    return (order, whose) if order else None
