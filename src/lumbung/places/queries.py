"""Finding villages, and the map with all that a page needs."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from foundation.searching import Meant, Search
from lumbung.places import rules
from lumbung.places.models import Province, Regency, Village

MOST_FOUND = 20


def places_root() -> Path:
    """Where the folders of places lie, one a province."""
    return Path(settings.ROOT) / "data" / "places"


def villages() -> QuerySet[Village]:
    """All villages with district and regency in memory, so that `full_name` asks nothing more."""
    return Village.objects.select_related("district__regency")


def village_points() -> dict[str, tuple[int, int]]:
    """Latitude and longitude, in millionths of a degree, of every village that has a point."""
    rows = Village.objects.filter(latitude_e6__isnull=False, longitude_e6__isnull=False)
    return {
        code: (lat, lon)
        for code, lat, lon in rows.values_list("code", "latitude_e6", "longitude_e6").iterator()
        if lat is not None and lon is not None
    }


def search_villages(text: str, *, regency_code: str = "", limit: int = MOST_FOUND) -> list[Village]:
    """Villages whose name sounds like `text`: however its name is spelled.

    What stands after a comma narrows the search to a district or regency. When nothing matches, the nearest
    spellings are given.
    """
    among = villages().filter(district__regency_id=regency_code) if regency_code else villages()
    if _is_code(text):
        return list(among.filter(code__startswith=text.strip())[:limit])
    name, _, around = text.partition(",")
    among = _within(among, around)
    key = rules.search_key(name)
    if not key:
        return []
    found = list(among.filter(search_name__contains=key).order_by("search_name", "code")[: 5 * limit])
    found = found or _nearest(among, key)
    return sorted(found, key=lambda v: (v.search_name != key, not v.search_name.startswith(key)))[:limit]


def villages_meant(text: str) -> Meant:
    """The villages called exactly `text`, or those nearly called so; a code means its village."""
    found = search_villages(text)
    key = rules.search_key(text.partition(",")[0])
    exact = [village for village in found if text.strip() == village.code or key == village.search_name]
    return Meant(exact, found)


VILLAGE_SEARCH = Search(
    find=villages_meant,
    by_key=lambda code: villages().filter(code=code).first(),
    write=lambda village: str(village.full_name),
    none=gettext_lazy("No village is called “%(text)s”. Check the spelling, or write its official code."),
    several=gettext_lazy("Several villages are called so. Choose one below."),
    near=gettext_lazy("No village is called exactly “%(text)s”. Choose one below, or write it again."),
    choose=gettext_lazy("Choose the village"),
)
"""For a form's field in any room: a village's name, its name and district, or its code."""


def place_names(villages: Iterable[str], *, regencies: bool = False) -> dict[str, str]:
    """Names by code: of these villages, and of every regency."""
    found = dict(Village.objects.filter(pk__in=list(villages)).values_list("pk", "name"))
    return found | dict(Regency.objects.values_list("pk", "short_name")) if regencies else found


def map_of(rows: Iterable[rules.Marked], *, public: bool = False) -> rules.Drawing:
    """The map of quantities by village, for `places/parts/map.html`; in public small groups are merged.

    A row may be a maker's or a village's: anything with `village_code`, `quantity` and `open`, and
    `makers` where a row stands for several.
    """
    marks = rules.gather(rows)
    if public:
        marks = rules.merge_small(marks)
    provinces = {point.village_code[:2] for point in marks.points} | {code[:2] for code in marks.quantities}
    provinces = provinces or set(Province.objects.values_list("code", flat=True))
    points = {code: (lon, lat) for code, (lat, lon) in village_points().items()}
    names = dict(Regency.objects.values_list("code", "short_name"))
    return rules.draw(marks, _plates(provinces), points, names)


def _is_code(text: str) -> bool:
    return text[:2].isdigit() and set(text.strip()) <= set("0123456789.")


def _within(among: QuerySet[Village], around: str) -> QuerySet[Village]:
    for part in filter(None, (word.strip() for word in around.split(","))):
        wanted = Q(district__name__icontains=part) | Q(district__regency__name__icontains=part)
        among = among.filter(wanted)
    return among


def _nearest(among: QuerySet[Village], key: str) -> list[Village]:
    keys = rules.nearest_spellings(key, among.values_list("search_name", flat=True).order_by())
    return sorted(among.filter(search_name__in=keys), key=lambda village: keys.index(village.search_name))


def _plates(provinces: Iterable[str]) -> tuple[rules.Plate, ...]:
    folders = _folders(places_root())
    known = (folders[code] for code in sorted(provinces) if code in folders)
    return tuple(plate for folder in known for plate in rules.read_plates(folder))


@cache
def _folders(root: Path) -> Mapping[str, Path]:
    sources = {
        path.parent: tomllib.loads(path.read_text(encoding="utf-8")) for path in root.glob("*/source.toml")
    }
    return {source["province"]["code"]: folder for folder, source in sources.items()}
