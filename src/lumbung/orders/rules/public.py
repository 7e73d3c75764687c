"""What everybody may read of a split: the rule and the totals, and no group smaller than five."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from lumbung.orders.choices import Reason
from lumbung.places.rules.marks import SMALLEST_GROUP

WAITED = {
    Reason.COST: gettext_lazy("Price, transport and visit together were above the threshold of this split."),
    Reason.LOT_ABOVE_CAP: gettext_lazy("Their smallest lot is larger than the common limit."),
    Reason.LOT_ABOVE_ORDER: gettext_lazy("Their smallest lot is larger than what was left to be given out."),
    Reason.SURPLUS: gettext_lazy("What was left at the threshold was smaller than their smallest lot."),
    Reason.TIE: gettext_lazy(
        "They were level with others at the threshold, and the draw went to the others."
    ),
    Reason.ALREADY_ANSWERED: gettext_lazy("They had answered an offer of this order before."),
    Reason.NOT_ACTIVE: gettext_lazy("The workshop is not active in the register."),
    Reason.DUPLICATE: gettext_lazy("They count as one household with another maker."),
    Reason.CERTIFICATE: gettext_lazy(
        "A certificate that the order asks for was missing or not valid until the due date."
    ),
    Reason.PRICE_ABOVE_CEILING: gettext_lazy("Their price is above the ceiling of the order."),
    Reason.NO_CAPACITY: gettext_lazy("They had no free capacity before the due date."),
    Reason.LOT_ABOVE_CAPACITY: gettext_lazy("Their smallest lot is larger than their free capacity."),
    Reason.NO_POINT: gettext_lazy("Their village has no map point yet, so no transport could be computed."),
}


@dataclass(frozen=True)
class Waited:
    """How many had no share, and why."""

    count: int
    sentence: str


def waited_groups(counts: Mapping[str, int], *, threshold: int | None = None) -> list[Waited]:
    """The groups by reason, largest first; those under five are joined until the group is large enough.

    `threshold` is the highest cost of a unit, in rupiah, with which a maker could still get a share.

    Where they are joined to a large group, its reason stays, and it is said that a few have another one.
    """
    by_size = sorted(counts.items(), key=lambda item: (item[1], item[0]))
    merged, reason = 0, ""
    while by_size and (by_size[0][1] < SMALLEST_GROUP or 0 < merged < SMALLEST_GROUP):
        found, count = by_size.pop(0)
        merged, reason = merged + count, found if count >= SMALLEST_GROUP else ""
    groups = [Waited(count, _why_waited(found, threshold)) for found, count in reversed(by_size)]
    if merged >= SMALLEST_GROUP and reason:
        few = _("Fewer than five of them had another reason.")
        groups.append(Waited(merged, f"{_why_waited(reason, threshold)} {few}"))
    elif merged >= SMALLEST_GROUP:
        groups.append(Waited(merged, _("Other reasons; groups under five are not told apart.")))
    return groups


def _why_waited(reason: str, threshold: int | None) -> str:
    if reason == Reason.COST and threshold is not None:
        return _(
            "Price, transport and the unit's part of the visit, less the credits, were above the threshold of this "
            "split, %(rupiah)s."
        ) % {"rupiah": formats.rupiah(threshold)}
    return str(WAITED.get(Reason(reason), Reason(reason).label))


def may_be_told(makers: int, chosen: int) -> bool:
    """Nobody can work out what fewer than five makers got."""
    return makers >= SMALLEST_GROUP and (chosen == 0 or chosen >= SMALLEST_GROUP)


def counted(count: int) -> str:
    """A number of makers as the public reads it."""
    return formats.number(count) if count == 0 or count >= SMALLEST_GROUP else _("fewer than five")


def counted_beside(count: int, shown: int) -> str:
    """A number of makers next to a part of them; empty where the difference would be a group under five."""
    return "" if 0 < count - shown < SMALLEST_GROUP else counted(count)


@dataclass(frozen=True)
class Banner:
    """The light: the one number, and the words above and below it."""

    remaining: int
    above: str
    below: str


def banner_in_units(remaining: int, *, total: int, goods: str, unit: str) -> Banner:
    above = _("%(goods)s, %(total)s %(unit)s") % {
        "goods": goods,
        "total": formats.number(total),
        "unit": unit,
    }
    if remaining:
        return Banner(remaining, above, _("%(unit)s that nobody has confirmed yet") % {"unit": unit})
    return Banner(0, above, _("%(unit)s left") % {"unit": unit})


def banner_in_lines(remaining: int, *, total: int, title: str) -> Banner:
    """Where the lines of an order are counted in different units."""
    below = _("of %(total)s kinds of goods are not full yet") % {"total": formats.number(total)}
    return Banner(remaining, title, below)


def hidden_beside(rests: Sequence[int]) -> set[int]:
    """Which of these rests (makers without a share, by place) are not told, so that no rest under five can be found.

    Those under five, and the next smallest with them until what is hidden is five or more.
    """
    by_size = sorted((rest, place) for place, rest in enumerate(rests) if rest)
    hidden, places = 0, set()
    while by_size and (by_size[0][0] < SMALLEST_GROUP or 0 < hidden < SMALLEST_GROUP):
        rest, place = by_size.pop(0)
        hidden += rest
        places.add(place)
    return places


def shares_of_houses(amounts: Sequence[Sequence[int]], *, cap: int | None) -> list[tuple[int, bool]]:
    """How many houses get the common limit, and how many less; none of them where one is under five.

    `amounts` are pairs of an amount and the number of houses that get it, those without a share left out.
    """
    full = sum(houses for amount, houses in amounts if amount == cap)
    less = sum(houses for amount, houses in amounts if amount and amount != cap)
    groups = [(full, True), (less, False)]
    if cap is None or any(0 < houses < SMALLEST_GROUP for houses, _full in groups):
        return []
    return [group for group in groups if group[0]]
