"""The walls of the house that import-linter cannot see."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from foundation import panels

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
ROOMS_FOLDER = SRC / "lumbung"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def order_of_rooms() -> dict[str, int]:
    """Room → floor, the lowest 0, as the contract says; rooms in parentheses do not stand yet."""
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["id"] == "rooms")["layers"]
    floors = {}
    for floor, line in enumerate(reversed(layers)):
        for room in line.replace("(", "").replace(")", "").split("|"):
            floors[room.strip()] = floor
    return floors


FLOORS = order_of_rooms()
ROOMS = sorted(path.name for path in ROOMS_FOLDER.iterdir() if (path / "__init__.py").exists())


def may_use(room: str, other: str) -> bool:
    return room == other or FLOORS[other] < FLOORS[room]


def templates_of(room: str) -> Iterator[Path]:
    yield from (ROOMS_FOLDER / room / "templates").rglob("*.html")


def test_every_room_stands_in_the_contract() -> None:
    assert [room for room in ROOMS if room not in FLOORS] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_one_sentence_what_it_is_for(room: str) -> None:
    told = ast.get_docstring(ast.parse((ROOMS_FOLDER / room / "__init__.py").read_text()))
    assert told
    assert told.endswith(".")
    assert "\n" not in told


@pytest.mark.parametrize("room", ROOMS)
def test_foreign_keys_point_downwards(room: str) -> None:
    for model in apps.get_app_config(room).get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model:
                other = field.related_model._meta.app_label
                assert other not in FLOORS or may_use(room, other), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("room", ROOMS)
def test_templates_name_no_room_above(room: str) -> None:
    """Neither by link nor by include: what a room above shows comes by `{% panels %}` and `{% ways %}`."""
    for template in templates_of(room):
        text = template.read_text()
        named = re.findall(r"{%\s*url\s+[\"'](\w+):", text)
        named += re.findall(r"{%\s*(?:include|extends)\s+[\"'](\w+)/", text)
        for other in named:
            assert other not in FLOORS or may_use(room, other), f"{template.name} names {other}"


def places_offered(tag: str) -> dict[str, set[str]]:
    """Place → rooms whose templates draw there what rooms above show."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for template in templates_of(room):
            for place in re.findall(rf"{{%\s*{tag}\s+[\"']([\w.]+)", template.read_text()):
                found.setdefault(place, set()).add(room)
    return found


@pytest.mark.parametrize("tag", ["panels", "ways"])
def test_a_place_bears_the_name_of_the_room_whose_pages_offer_it(tag: str) -> None:
    for place, rooms in places_offered(tag).items():
        assert rooms == {place.partition(".")[0]}, place


def test_what_a_room_shows_has_a_place_on_a_page_of_a_room_below() -> None:
    """A name that is mistyped would show nothing, and nobody would see it."""
    offered = places_offered("panels")
    for place, functions in panels._panels.items():
        assert place in offered, place
        for function in functions:
            room = function.__module__.split(".")[1]
            assert FLOORS[place.partition(".")[0]] < FLOORS[room], f"{room} shows something at {place}"


def test_a_way_begins_at_a_place_on_a_page() -> None:
    assert set(panels._ways) - set(places_offered("ways")) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_reverses_no_address_of_a_room_above(room: str) -> None:
    for path in (ROOMS_FOLDER / room).rglob("*.py"):
        if "tests" in path.parts:
            continue
        for other in re.findall(r"(?:reverse|redirect)\w*\(\s*[\"'](\w+):", path.read_text()):
            assert other not in FLOORS or may_use(room, other), f"{path.name} names {other}"


def related_names_into(room: str) -> set[str]:
    """Reverse attributes that rooms above hang on this room's tables."""
    names = set()
    for model in apps.get_app_config(room).get_models():
        for relation in model._meta.related_objects:
            other = relation.related_model._meta.app_label
            if other in FLOORS and not may_use(room, other):
                names.add(relation.get_accessor_name() or "")
    return names - {""}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_reaches_upwards_through_a_reverse_relation(room: str) -> None:
    above = related_names_into(room) - own_attributes(room) - names_defined_in(room)
    for path in (ROOMS_FOLDER / room).rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                assert node.attr not in above, f"{path.name}:{node.lineno} reads .{node.attr}"


def names_defined_in(room: str) -> set[str]:
    """Words that the room's own code, or a module it may import, uses for something else."""
    names = set(ROOMS)
    for path in (ROOMS_FOLDER / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
    return names


def own_attributes(room: str) -> set[str]:
    """Fields and reverse names within the room and below: the same word may mean something there."""
    names: set[str] = set()
    for other in ROOMS:
        if may_use(room, other):
            for model in apps.get_app_config(other).get_models():
                names |= {field.name for field in model._meta.fields}
                for relation in model._meta.related_objects:
                    if relation.related_model._meta.app_label not in FLOORS or may_use(
                        room, relation.related_model._meta.app_label
                    ):
                        names.add(relation.get_accessor_name() or "")
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_views_import_only_their_own_rooms_forms(room: str) -> None:
    for path in [*(ROOMS_FOLDER / room).glob("views.py"), *(ROOMS_FOLDER / room).glob("views/*.py")]:
        for other in re.findall(
            r"lumbung\.(\w+)\.forms|from lumbung\.(\w+) import .*\bforms\b", path.read_text()
        ):
            name = other[0] or other[1]
            assert name == room, f"{path.name} imports the forms of {name}"


def python_files() -> list[Path]:
    return [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]


def test_no_file_grows_past_four_hundred_lines() -> None:
    long = {
        str(p.relative_to(SRC)): n for p in python_files() if (n := len(p.read_text().splitlines())) > 400
    }
    assert long == {}


def test_only_the_clock_tells_the_time() -> None:
    telling = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|auto_now|utcnow")
    found = [p.name for p in python_files() if p.name != "clock.py" and telling.search(p.read_text())]
    assert found == []


def test_no_float_and_no_decimal_is_stored() -> None:
    stored = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith(("lumbung", "foundation"))
        for field in model._meta.fields
        if isinstance(field, models.FloatField | models.DecimalField)
    ]
    assert stored == []


def test_who_and_when_are_tied_by_a_constraint() -> None:
    """Every optional moment with an actor beside it (`decided_at`, `decided_by`) has a named constraint on both."""
    loose = []
    for model in apps.get_models():
        names = {field.name: field for field in model._meta.fields}
        constraints = " ".join(str(c.deconstruct()) for c in model._meta.constraints)
        for name, field in names.items():
            actor = name.removesuffix("_at") + "_by"
            if (
                name.endswith("_at")
                and field.null
                and actor in names
                and model.__module__.startswith("lumbung")
            ) and (f"'{actor}'" not in constraints or name not in constraints):
                loose.append(f"{model.__name__}.{name}")
    assert loose == []


def test_no_table_names_the_same_key_twice() -> None:
    """The later of two would silently take the place of the first; ruff sees it for literals only."""
    twice = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict):
                keys = [ast.dump(key) for key in node.keys if key is not None]
                if len(keys) > len(set(keys)):
                    twice.append(f"{path.relative_to(SRC)}:{node.lineno}")
    assert twice == []


def test_no_style_or_script_is_inline() -> None:
    found = []
    for template in SRC.rglob("*.html"):
        text = template.read_text()
        if re.search(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\bsrc=)", text):
            found.append(str(template.relative_to(SRC)))
    assert found == []


def test_a_silenced_warning_carries_its_reason() -> None:
    bare = []
    for path in python_files():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"# noqa: \w+\s*$|# noqa\s*$|# type: ignore\s*$", line):
                bare.append(f"{path.relative_to(SRC)}:{number}")
    assert bare == []


def test_a_room_has_at_most_one_migration_before_version_one() -> None:
    many = {
        room: n for room in ROOMS if (n := len(list((ROOMS_FOLDER / room / "migrations").glob("0*.py")))) > 1
    }
    assert many == {}


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    wanted = [
        *PYPROJECT["project"]["dependencies"],
        *(d for group in PYPROJECT["dependency-groups"].values() for d in group if isinstance(d, str)),
    ]
    silent = [d for d in wanted if not re.search(re.escape(f'"{d}",') + r"\s+# \w", text)]
    assert silent == []


# No province in the code

PLACES = ROOT / "data" / "places"
NO_NAMES_OF_PLACES = {"Lembar"}
"""Villages whose name is also a word of the screen (*lembar*, a sheet)."""


def words_of_the_provinces(*tables: str) -> re.Pattern[str]:
    """What shipped provinces, their islands, offices, times and places are called, and their codes in quotes."""
    shared = tomllib.loads((PLACES / "provinces.toml").read_text(encoding="utf-8"))
    words = {name for zone in shared["times"]["zones"].values() for name in zone.values()}
    for folder in (path.parent for path in PLACES.glob("*/province.toml")):
        own = tomllib.loads((folder / "province.toml").read_text(encoding="utf-8"))
        row = next(row for row in shared["provinces"]["list"] if row["code"] == own["code"])
        words |= {row["name"], own["region"], own["office"], *own["ends"], folder.name}
        if (folder / "map.toml").is_file():
            panels = tomllib.loads((folder / "map.toml").read_text(encoding="utf-8"))["panels"]
            words |= {panel["name"] for panel in panels}
        for table in tables:
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
                words |= {re.sub(r"^(Kabupaten|Kota) ", "", row["name"]) for row in csv.DictReader(lines)}
    known = sorted({word for word in words if len(word) > 2} - NO_NAMES_OF_PLACES, key=len, reverse=True)
    named = "|".join(map(re.escape, known))
    return re.compile(rf"(?<![\w-])(?:{named})(?![\w-])|[\"']52(?:\.\d\d)*[\"']")


def names_found(paths: Iterator[Path], naming: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {name}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for name in naming.findall(line)
    ]


def test_the_code_names_no_province() -> None:
    """Another province is other data: neither rules, templates nor pages know where they are."""
    kinds = {".py", ".html", ".txt", ".js", ".css", ".svg"}
    code = (
        path
        for path in SRC.rglob("*")
        if path.suffix in kinds and not {"tests", "migrations"} & set(path.parts)
    )
    assert names_found(code, words_of_the_provinces("regencies", "districts", "villages")) == []


def test_the_words_of_the_screen_name_no_province() -> None:
    """Districts and villages are left out: many are called like ordinary Indonesian words (*dalam*, *mata*)."""
    assert names_found((ROOT / "locale").rglob("*.po"), words_of_the_provinces("regencies")) == []
