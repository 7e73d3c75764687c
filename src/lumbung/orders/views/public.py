"""Pages for everybody: how full an order is, and why it is split so."""

from dataclasses import dataclass, replace
from fractions import Fraction

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.throttle import throttled
from lumbung.orders.models import Order, Split
from lumbung.orders.queries import course
from lumbung.orders.queries import light as queries
from lumbung.orders.queries.light import Light
from lumbung.orders.queries.splits import Sums, sums_of
from lumbung.orders.rules import offer as words
from lumbung.orders.rules import public as rules
from lumbung.orders.rules.questions import Question, questions_about
from lumbung.orders.rules.wording import goods_of, kind_name, price_sentence, unit_of
from lumbung.orders.views.places import (
    PlaceShown,
    Without,
    eligible_in_public,
    goods_in_public,
    regencies_of,
    withheld_on_map,
)
from lumbung.orders.views.split_page import Point, points_of
from lumbung.places.queries import map_of
from lumbung.places.rules import Drawing
from lumbung.places.rules.marks import SMALLEST_GROUP

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
    if order.finished_at:
        return render(request, "orders/public/finished.html", {"order": order, "lines": shown})
    context = {
        "order": order,
        "lines": shown,
        "banner": _banner(order, shown),
        "at": clock.now(),
        "is_split": any(light.light.is_split for light in shown),
    }
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
    splits = queries.decided_splits(order)
    for split in splits:
        split.line.order = order
    decisions = course.decisions_of(splits)
    context = {
        "order": order,
        "plans": _told_once([_explained(split, decisions[split.pk]) for split in splits]),
        "points": [point.village.name for point in order.collection_points.select_related("village")],
        "prices": [(goods_of(line), price_sentence(order, line)) for line in order.lines.all()],
        "at": clock.now(),
        "address": request.build_absolute_uri(request.path),
        "code_address": request.build_absolute_uri(reverse("orders:code")),
    }
    return render(request, "orders/public/why.html", context)


def _told_once(plans: list["Explained"]) -> list["Explained"]:
    """Of the later lines' plans only what the first one has not said already."""
    told = plans[:1]
    for plan in plans[1:]:
        same = plan.decision == plans[0].decision
        questions = [asked for asked in plan.questions if asked not in plans[0].questions]
        told.append(replace(plan, decision=None if same else plan.decision, questions=questions))
    return told


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
    houses: list[tuple[int, bool]]
    waited: list[rules.Waited]
    refused: list[rules.Waited]
    map: Drawing
    places: list[PlaceShown]
    without: list[Without]
    points: list[Point]
    decision: course.Decision | None
    """None where the order's first line tells the same."""
    since: course.CameBack
    orders_behind: int
    preferred: course.Preferred
    gap: Fraction
    sums: Sums
    questions: list[Question]
    few: bool
    """Whether so few makers take part that nothing is shown by place."""


def _explained(split: Split, decision: course.Decision) -> Explained:
    line, unit = split.line, unit_of(split.line)
    by_village = queries.place_sums_of(split)
    points = queries.points_of(by_village)
    places, without = regencies_of(split, by_village, withheld=withheld_on_map(by_village))
    return Explained(
        split,
        goods=goods_in_public(split),
        unit=unit,
        makers=rules.counted(split.makers),
        eligible=eligible_in_public(split),
        households=split.eligible_households,
        houses=rules.shares_of_houses(split.household_amounts, cap=split.common_cap),
        waited=rules.waited_groups(split.waiting, threshold=course.threshold_of(split)),
        refused=rules.waited_groups(split.refused),
        map=map_of(points, public=True),
        places=places,
        without=without,
        points=points_of(split),
        decision=decision,
        since=course.came_back(split),
        orders_behind=course.orders_behind(split) if line.order.turn_credit_bp else 0,
        preferred=course.preferred_in(split) if line.order.priority_credit_bp else course.Preferred(0),
        gap=Fraction(split.gap_rupiah, abs(split.lower_bound_rupiah) or 1),
        sums=sums_of(split),
        questions=questions_about(
            split,
            unit=unit,
            proposed_by=decision.proposed_by,
            decided_by=decision.decided_by,
            computed=decision.computed,
            office=settings.OFFICE_NAME,
        ),
        few=split.makers < SMALLEST_GROUP,
    )
