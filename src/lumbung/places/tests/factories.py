"""Places for tests, quick to build: `village()` alone, or the whole of NTB by `ntb()`."""

from pathlib import Path

from django.conf import settings

from lumbung.places import queries, rules
from lumbung.places.actions import Loaded, load_places
from lumbung.places.models import District, Province, Regency, Village

NTB = Path(settings.ROOT) / "data" / "places" / "ntb"


def ntb() -> Loaded:
    return load_places(NTB, by="test")


def village(
    code: str = "52.03.14.2002",
    name: str = "Mamben Lauk",
    point: tuple[int, int] | None = (-8_576_000, 116_560_000),
) -> Village:
    """A village with district, regency and province above it, named after their codes."""
    province, _ = Province.objects.get_or_create(
        code=code[:2], defaults={"name": "NTB", "decree": "-", "decree_on": "2025-04-25", "source": "test"}
    )
    regency, _ = Regency.objects.get_or_create(
        code=code[:5],
        defaults={
            "province": province,
            "name": f"Kabupaten {code[:5]}",
            "short_name": code[:5],
            "kind": "kabupaten",
        },
    )
    district, _ = District.objects.get_or_create(
        code=code[:8], defaults={"regency": regency, "name": code[:8]}
    )
    lat, lon = point or (None, None)
    return Village.objects.create(
        code=code,
        district=district,
        name=name,
        search_name=rules.search_key(name),
        kind="desa",
        latitude_e6=lat,
        longitude_e6=lon,
        location_source="village" if point else "none",
    )


def invented_points(folder: Path, code: str, *, but: int = 0) -> Path:
    """A sheet of INVENTED points for the villages of a province, the last `but` left out: a grid, no geography."""
    rows = queries.places_of(code).villages
    lines = ["DATA CONTOH: invented points, for tests only;;", "Kode;Lintang;Bujur"]
    for number, row in enumerate(rows[: len(rows) - but]):
        latitude, longitude = -8_100_000 - 9_000 * (number % 60), 114_500_000 + 1_600 * number
        lines.append(f"{row['code']};{_degrees(latitude)};{_degrees(longitude)}")
    file = folder / f"titik-contoh-{code}.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _degrees(e6: int) -> str:
    """A decimal comma, as a spreadsheet here writes it."""
    return f"{e6 / 1e6:.6f}".replace(".", ",")
