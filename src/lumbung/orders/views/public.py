"""Pages for everybody: how full an order is, and why it is split so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation import clock, formats
from foundation.throttle import throttled
from lumbung.orders.models import Order, Split
from lumbung.orders.queries import course, objections
from lumbung.orders.queries import light as queries
from lumbung.orders.queries.light import Light
from lumbung.orders.queries.splits import Sums, sums_of
from lumbung.orders.rules import offer as words
from lumbung.orders.rules import public as rules
from lumbung.orders.rules.grouping import PlaceSum, RegencyGroup, added, regency_groups
from lumbung.orders.rules.objections import in_time_until, term_sentence
from lumbung.orders.rules.questions import Question, how_many_objected, questions_about
from lumbung.orders.rules.wording import goods_of, kind_name, price_sentence, unit_of
from lumbung.orders.views.split_page import Point, points_of
from lumbung.places.queries import map_of, place_names
from lumbung.places.rules import Drawing, gather, merge_small
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
    """The rule in plain words with this order's numbers, its totals, its proof, and who objected."""
    order = get_object_or_404(queries.public_orders(), code=code)
    splits = queries.decided_splits(order)
    for split in splits:
        split.line.order = order
    decisions = course.decisions_of(splits)
    totals = objections.totals_of(order)
    context = {
        "order": order,
        "plans": _told_once([_explained(split, decisions[split.pk]) for split in splits]),
        "totals": totals,
        "objected": how_many_objected(
            totals.filed,
            answered=totals.answered,
            in_time=totals.in_time,
            open_now=totals.open,
            late=totals.late,
            withdrawn=totals.withdrawn,
        ),
        "answers": objections.public_answers(order) if totals.filed else [],
        "term": term_sentence(order),
        "points": [point.village.name for point in order.collection_points.select_related("village")],
        "prices": [(goods_of(line), price_sentence(order, line)) for line in order.lines.all()],
        "in_time_until": _in_time_until(order, splits),
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


def _in_time_until(order: Order, splits: list[Split]) -> date | None:
    """The last day on which an objection is in time, counted from the newest decision."""
    decided = [split.decided_at for split in splits if split.decided_at]
    return in_time_until(max(decided), order.objection_window_days) if decided else None


@dataclass(frozen=True)
class PlaceShown:
    """A place in the table: pieces, how many makers take part of how many, pieces for each house."""

    name: str
    sums: PlaceSum
    taking: str
    villages: Sequence["PlaceShown"] = ()


@dataclass(frozen=True)
class Without:
    """A regency whose eligible makers have no share, and by how many rupiah a unit the nearest missed the threshold."""

    name: str
    makers: int
    above: int | None


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
    places, without = _places(split, by_village, withheld=merge_small(gather(points)).withheld)
    return Explained(
        split,
        goods=words.goods_words(line) if line.size else kind_name(line.kind),
        unit=unit,
        makers=rules.counted(split.makers),
        eligible=rules.counted_beside(split.eligible, split.makers),
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


def _places(
    split: Split, rows: Iterable[PlaceSum], *, withheld: Collection[str]
) -> tuple[list[PlaceShown], list[Without]]:
    """Regencies with a share and their villages, none so small that it tells of single makers; and those without."""
    groups = regency_groups(rows, together=withheld)
    names = place_names([place.village for group in groups for place in group.villages], regencies=True)
    hidden = rules.hidden_beside([group.whole.makers - group.whole.chosen for group in groups])
    shown, without = [], []
    for place, group in enumerate(groups):
        if group.whole.received:
            shown.append(_regency(group, names, told=place not in hidden))
        else:
            name = names.get(group.code, _("Other regencies together"))
            without.append(Without(name, group.whole.makers, split.nearest_misses.get(group.code)))
    return shown, without


def _regency(group: RegencyGroup, names: Mapping[str, str], *, told: bool) -> PlaceShown:
    parts = [(names.get(place.village, place.village), place) for place in group.villages if place.received]
    if group.rest and group.villages:
        parts.append((_("Other villages together"), group.rest))
    nothing = [place for place in group.villages if not place.received]
    if nothing:
        parts.append((_villages_without(len(nothing)), added(nothing)))
    hidden = rules.hidden_beside([place.makers - place.chosen for _name, place in parts])
    villages = [
        PlaceShown(name, place, _taking(place, told=number not in hidden))
        for number, (name, place) in enumerate(parts)
    ]
    name = names.get(group.code, _("Other regencies together"))
    return PlaceShown(name, group.whole, _taking(group.whole, told=told), villages)


def _villages_without(count: int) -> str:
    words = ngettext("%(count)s village without a share", "%(count)s villages without a share", count)
    return words % {"count": formats.number(count)}


def _taking(sums: PlaceSum, *, told: bool) -> str:
    """781 dari 951; only 781 where the rest would tell of fewer than five."""
    if not told:
        return formats.number(sums.chosen)
    return _("%(chosen)s of %(makers)s") % {
        "chosen": formats.number(sums.chosen),
        "makers": formats.number(sums.makers),
    }
