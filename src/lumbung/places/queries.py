"""Finding villages, and the map with all that a page needs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from foundation.searching import Meant, Search
from lumbung.places import rules
from lumbung.places.choices import LocationSource
from lumbung.places.models import Province, Regency, Village

MOST_FOUND = 20


def places_root() -> Path:
    """Where the folders of places lie, one a province."""
    return Path(settings.ROOT) / "data" / "places"


def shipped_folders() -> Mapping[str, Path]:
    """The folders that lie in `data/places`, by the code of their province."""
    return _folders(places_root())


def places_of(code: str) -> rules.ProvinceRows:
    """A province as it can be loaded: from its shipped folder when that holds all tables, else from the package."""
    folder = shipped_folders().get(code)
    if folder and (folder / "source.toml").is_file():
        return rules.read_folder(folder)
    return rules.read_package(code, places_root())


def shipped_points(places: rules.ProvinceRows) -> Mapping[str, rules.Point]:
    """The points of a folder that has nothing but `points.csv` beside its words."""
    folder = shipped_folders().get(places.province["code"])
    file = folder / "points.csv" if folder else None
    return rules.read_points(file, places.codes) if file and file.is_file() else {}


def village_rows(code: str) -> dict[str, rules.Row]:
    """What stands in the database of a province's villages, as text, by code."""
    found = Village.objects.filter(code__startswith=f"{code}.")
    rows = found.values_list("code", "latitude_e6", "longitude_e6", "location_source")
    return {
        village: {
            "latitude_e6": "" if latitude is None else str(latitude),
            "longitude_e6": "" if longitude is None else str(longitude),
            "location_source": source,
        }
        for village, latitude, longitude, source in rows.iterator()
    }


def villages_loaded() -> dict[str, tuple[int, int]]:
    """By province: how many villages are loaded, and how many of them have no point."""
    empty = Count("pk", filter=Q(location_source=LocationSource.NONE))
    rows = Village.objects.values("district__regency__province_id").annotate(all=Count("pk"), empty=empty)
    return {row["district__regency__province_id"]: (row["all"], row["empty"]) for row in rows}


def province_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of provinces by code."""
    return dict(Province.objects.filter(code__in=set(codes)).values_list("code", "name"))


def villages() -> QuerySet[Village]:
    """All villages with district and regency in memory, so that `full_name` asks nothing more."""
    return Village.objects.select_related("district__regency")


def village_points(provinces: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Latitude and longitude, in millionths of a degree, of every village with a point in these provinces."""
    within = Q(pk__in=[])
    for code in provinces:
        within |= Q(code__startswith=f"{code}.")
    rows = Village.objects.filter(within, latitude_e6__isnull=False, longitude_e6__isnull=False)
    return {
        code: (lat, lon)
        for code, lat, lon in rows.values_list("code", "latitude_e6", "longitude_e6")
        .order_by("code")
        .iterator()
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


def regency_names() -> dict[str, str]:
    return dict(Regency.objects.values_list("pk", "short_name"))


def place_names(villages: Iterable[str], *, regencies: bool = False) -> dict[str, str]:
    """Names by code: of these villages, and of every regency."""
    found = dict(Village.objects.filter(pk__in=list(villages)).values_list("pk", "name"))
    return found | regency_names() if regencies else found


def map_of(rows: Iterable[rules.Marked], *, public: bool = False) -> rules.Drawing:
    """The map of quantities by village, for `places/parts/map.html`; in public small groups are merged.

    A row may be a maker's or a village's: anything with `village_code`, `quantity` and `open`, and
    `makers` where a row stands for several.
    """
    marks = rules.gather(rows)
    if public:
        marks = rules.merge_small(marks)
    shown = {point.village_code[:2] for point in marks.points} | {code[:2] for code in marks.quantities}
    provinces = sorted(shown or Province.objects.values_list("code", flat=True))
    points = {code: (lon, lat) for code, (lat, lon) in village_points(provinces).items()}
    names = dict(Regency.objects.values_list("code", "short_name"))
    return rules.draw(marks, _plates(provinces, points), points, names)


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


def _plates(provinces: Sequence[str], points: Mapping[str, rules.Place]) -> tuple[rules.Plate, ...]:
    """The drawn panels of each province; where none is drawn, panels computed from its villages' points."""
    folders = shipped_folders()
    plates: list[rules.Plate] = []
    for code in provinces:
        drawn = rules.read_plates(folders[code]) if code in folders else ()
        here = tuple((village, point) for village, point in points.items() if village.startswith(f"{code}."))
        plates += drawn or rules.compute_plates(here)
    return tuple(plates)


@cache
def _folders(root: Path) -> Mapping[str, Path]:
    return {rules.code_of_folder(path.parent): path.parent for path in sorted(root.glob("*/province.toml"))}
