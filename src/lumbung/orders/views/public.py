"""Pages for everybody: how full an order is, and why it is split so."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.throttle import throttled
from lumbung.orders.models import Order, Split
from lumbung.orders.queries import light as queries
from lumbung.orders.queries.light import Light
from lumbung.orders.queries.splits import Sums, sums_of
from lumbung.orders.rules import offer as words
from lumbung.orders.rules import public as rules
from lumbung.orders.rules.wording import kind_name, unit_of
from lumbung.places.queries import map_of
from lumbung.places.rules import Drawing

FRESH_SECONDS = 2
"""A cached light is at most this old, so that with the page's own refresh it is right within five seconds."""


@dataclass(frozen=True)
class Shown:
    """A line's light in words."""

    light: Light
    goods: str
    unit: str
    makers: str


@throttled("public")
@require_safe
def quota(request: HttpRequest, code: str) -> HttpResponse:
    """Still open or already full, to the piece; with `?hanya=keadaan` only the part that changes."""
    order = get_object_or_404(queries.public_orders(), code=code)
    if order.cancelled_at:
        return render(request, "orders/public/cancelled.html", {"order": order})
    shown = [_shown(light) for light in queries.lights_of(order)]
    context = {"order": order, "lines": shown, "banner": _banner(order, shown), "at": clock.now()}
    template = "standing" if request.GET.get("hanya") == "keadaan" else "quota"
    response = render(request, f"orders/public/{template}.html", context)
    patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
    return response


def _shown(light: Light) -> Shown:
    line = light.line
    return Shown(light, words.goods_words(line), unit_of(line), rules.counted(light.makers))


def _banner(order: Order, lines: list[Shown]) -> rules.Banner:
    """The one number above: units that are left, or lines that are left where units differ."""
    if len({line.unit for line in lines}) == 1:
        first = lines[0]
        goods = kind_name(first.light.line.kind) if len(lines) == 1 else order.title
        total = sum(line.light.line.quantity for line in lines)
        return rules.banner_in_units(
            sum(line.light.remaining for line in lines), total=total, goods=goods, unit=first.unit
        )
    left = sum(line.light.remaining > 0 for line in lines)
    return rules.banner_in_lines(left, total=len(lines), title=order.title)


@throttled("public")
@require_safe
def why(request: HttpRequest, code: str) -> HttpResponse:
    """The rule in plain words with this order's numbers, its totals and its proof."""
    order = get_object_or_404(queries.public_orders(), code=code)
    plans = [_explained(split) for split in queries.decided_splits(order)]
    return render(request, "orders/public/why.html", {"order": order, "plans": plans})


@dataclass(frozen=True)
class Explained:
    """A decided plan as everybody may read it."""

    split: Split
    goods: str
    unit: str
    makers: str
    eligible: str
    """How many could have taken part; empty where that would tell of fewer than five without a share."""
    households: int
    waited: list[rules.Waited]
    refused: list[rules.Waited]
    map: Drawing
    gap: Fraction
    sums: Sums
    few: bool
    """Whether so few makers take part that nothing is shown by place."""


def _explained(split: Split) -> Explained:
    line = split.line
    return Explained(
        split,
        goods=kind_name(line.kind),
        unit=unit_of(line),
        makers=rules.counted(split.makers),
        eligible=rules.counted_beside(split.eligible, split.makers),
        households=split.eligible_households,
        waited=rules.waited_groups(split.waiting),
        refused=rules.waited_groups(split.refused),
        map=map_of(queries.points_of(split), public=True),
        gap=Fraction(split.gap_rupiah, split.lower_bound_rupiah or 1),
        sums=sums_of(split),
        few=split.makers < rules.SMALLEST_GROUP,
    )
