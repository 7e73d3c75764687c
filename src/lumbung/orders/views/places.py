"""Where a decided plan's pieces are made: by regency on the page that says why, village by village on its own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation import formats
from foundation.downloads import workbook_response
from foundation.paging import part_of
from foundation.sheets import Heading
from foundation.throttle import throttled
from lumbung.orders.models import Split
from lumbung.orders.queries import light as queries
from lumbung.orders.rules import offer as words
from lumbung.orders.rules import public as rules
from lumbung.orders.rules.grouping import PlaceSum, RegencyGroup, added, regency_groups
from lumbung.orders.rules.wording import kind_name, unit_of
from lumbung.places.queries import place_names, regency_names
from lumbung.places.rules import gather, merge_small
from lumbung.places.rules.marks import SMALLEST_GROUP

REST = "rest"
NOTHING = "none"


@dataclass(frozen=True)
class PlaceShown:
    """A place in the table: pieces, how many makers take part of how many, pieces for each house."""

    name: str
    sums: PlaceSum
    told: bool
    """Whether it may be said of how many makers, too."""

    @property
    def taking(self) -> str:
        """781 dari 951; only 781 where the rest would tell of fewer than five."""
        if not self.told:
            return formats.number(self.sums.chosen)
        return _("%(chosen)s of %(makers)s") % {
            "chosen": formats.number(self.sums.chosen),
            "makers": formats.number(self.sums.makers),
        }


@dataclass(frozen=True)
class VillageRow:
    """A row of the table of villages, under its regency; regencies taken together have no other row than their own."""

    key: str
    regency: PlaceShown
    place: PlaceShown


@dataclass(frozen=True)
class Without:
    """A regency whose eligible makers have no share, and by how many rupiah a unit the nearest missed the threshold."""

    name: str
    makers: int
    above: int | None


def goods_in_public(split: Split) -> str:
    return words.goods_words(split.line) if split.line.size else kind_name(split.line.kind)


def eligible_in_public(split: Split) -> str:
    """How many could have taken part; empty where that would tell of fewer than five without a share."""
    return rules.counted_beside(split.eligible, split.makers)


def withheld_on_map(by_village: Sequence[PlaceSum]) -> Collection[str]:
    """Regencies that the map does not tell apart, so the tables do not either."""
    return merge_small(gather(queries.points_of(by_village))).withheld


def regencies_of(
    split: Split, by_village: Sequence[PlaceSum], *, withheld: Collection[str]
) -> tuple[list[PlaceShown], list[Without]]:
    """Regencies with a share, none so small that it tells of single makers; and those without."""
    groups, names = regency_groups(by_village, together=withheld), regency_names()
    hidden = _hidden([group.whole for group in groups])
    shown, without = [], []
    for place, group in enumerate(groups):
        name = names.get(group.code, _("Other regencies together"))
        if group.whole.received:
            shown.append(PlaceShown(name, group.whole, told=place not in hidden))
        else:
            without.append(Without(name, group.whole.makers, split.nearest_misses.get(group.code)))
    return shown, without


def _hidden(sums: Sequence[PlaceSum]) -> set[int]:
    return rules.hidden_beside([place.makers - place.chosen for place in sums])


@throttled("public")
@require_safe
def villages(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """Village by village what a decided plan gives, so many at a time."""
    split = _split(code, line)
    rows = village_rows(queries.place_sums_of(split))
    part = part_of(
        [row.key for row in rows], after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "order": split.line.order,
        "split": split,
        "goods": goods_in_public(split),
        "unit": unit_of(split.line),
        "makers": rules.counted(split.makers),
        "eligible": eligible_in_public(split),
        "rows": rows[part.start : part.end],
        "part": part,
        "excel": reverse("orders:why_villages_export", args=[code, line]),
    }
    return render(request, "orders/public/villages.html", context)


@throttled("public")
@require_safe
def export_villages(request: HttpRequest, code: str, line: int) -> HttpResponseBase:
    """The same rows, all of them, as a workbook."""
    split = _split(code, line)
    rows = village_rows(queries.place_sums_of(split))
    title = _("Villages")
    return workbook_response(f"{code}-{title}", [(title, _headings(unit_of(split.line)), _cells(rows))])


def _split(code: str, line: int) -> Split:
    """The line's decided plan, where there are enough makers that something is shown by place."""
    order = get_object_or_404(queries.public_orders(), code=code)
    found = next((split for split in queries.decided_splits(order) if split.line_id == line), None)
    if found is None or found.makers < SMALLEST_GROUP:
        raise Http404
    found.line.order = order
    return found


def village_rows(by_village: Sequence[PlaceSum]) -> list[VillageRow]:
    """Every village that may be told, under its regency; the rest of each taken together."""
    groups = regency_groups(by_village, together=withheld_on_map(by_village))
    names = place_names([place.village for group in groups for place in group.villages], regencies=True)
    hidden = _hidden([group.whole for group in groups])
    rows: list[VillageRow] = []
    for number, group in enumerate(groups):
        if group.whole.received:
            name = names.get(group.code, _("Other regencies together"))
            rows += _of_regency(group, PlaceShown(name, group.whole, number not in hidden), names)
    return rows


def _of_regency(group: RegencyGroup, regency: PlaceShown, names: Mapping[str, str]) -> Iterator[VillageRow]:
    parts = list(_parts(group, names))
    hidden = _hidden([sums for _key, _name, sums in parts])
    for number, (key, name, sums) in enumerate(parts):
        yield VillageRow(f"{group.code}/{key}", regency, PlaceShown(name, sums, number not in hidden))
    if not parts:
        yield VillageRow(f"{group.code}/{REST}", regency, regency)


def _parts(group: RegencyGroup, names: Mapping[str, str]) -> Iterator[tuple[str, str, PlaceSum]]:
    """Key, name and sums of each row of a regency whose villages are told apart."""
    for place in group.villages:
        if place.received:
            yield place.village, names.get(place.village, place.village), place
    if group.rest and group.villages:
        yield REST, _("Other villages together"), group.rest
    nothing = [place for place in group.villages if not place.received]
    if nothing:
        yield NOTHING, _villages_without(len(nothing)), added(nothing)


def _villages_without(count: int) -> str:
    told = ngettext("%(count)s village without a share", "%(count)s villages without a share", count)
    return told % {"count": formats.number(count)}


def _headings(unit: str) -> list[Heading]:
    return [
        Heading(_("Regency"), 22),
        Heading(_("Place"), 30),
        Heading(unit.capitalize(), 12),
        Heading(_("Makers with a share"), 14),
        Heading(_("Eligible makers"), 14),
        Heading(_("Households"), 12),
        Heading(_("For each house"), 12),
    ]


def _cells(rows: Sequence[VillageRow]) -> Iterator[list[object]]:
    for row in rows:
        sums = row.place.sums
        yield [
            row.regency.name,
            row.place.name,
            sums.received,
            sums.chosen,
            sums.makers if row.place.told else None,
            sums.households,
            sums.per_household if sums.households else None,
        ]
