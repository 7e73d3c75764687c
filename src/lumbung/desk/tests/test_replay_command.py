"""`lumbung replay`: its table, its JSON, its picture; the operator's database is not asked."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from foundation import formats
from lumbung.desk.management.commands import replay as replaying
from lumbung.desk.management.replay import keeping, telling
from lumbung.desk.management.replay.drawing import draw
from lumbung.desk.management.replay.scenario import Scenario, names, read_scenario

EACH = pytest.mark.parametrize("name", names())
NOBODYS_DATABASE = "postgresql://nobody@127.0.0.1:1/none"


def replay(*arguments: str, database: str, var: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": database, "LUMBUNG_VAR": str(var), "LUMBUNG_DEMO": "1"}
    command = [sys.executable, "-m", "django", "replay", *arguments]
    environment |= {
        "PYTHONPATH": str(Path(settings.ROOT) / "src"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_operators_database_is_not_touched(tmp_path: Path) -> None:
    operators = tmp_path / "operator.sqlite3"
    with sqlite3.connect(operators) as kept:
        kept.execute("CREATE TABLE orders_order (id INTEGER)")
    kept.close()
    before = hashlib.sha256(operators.read_bytes()).hexdigest()
    picture = tmp_path / "masks.svg"
    done = replay(
        "masks-2020", "--scale", "10", "--json", "--draw", str(picture),
        database=f"sqlite:///{operators}", var=tmp_path / "var",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["accepted_over_share"] == 0
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    assert hashlib.sha256(operators.read_bytes()).hexdigest() == before
    assert [path.name for path in tmp_path.glob("*.sqlite3*")] == ["operator.sqlite3"]
    assert list((tmp_path / "var").glob("*.sqlite3*")) == []


@pytest.mark.slow
def test_a_database_that_is_not_there_does_no_harm(tmp_path: Path) -> None:
    done = replay("uniforms-2017", "--scale", "10", database=NOBODYS_DATABASE, var=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Seragam sekolah Sumbawa Barat 2017" in done.stdout


def test_an_unknown_replay_and_odd_wishes_are_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("replay", "bread-2026")
    with pytest.raises(CommandError, match="only with --keep"):
        call_command("replay", "all")
    with pytest.raises(CommandError, match="own seed"):
        call_command("replay", "masks-2020", "--keep", "--seed", "3")
    with pytest.raises(CommandError, match="1 to 100"):
        call_command("replay", "masks-2020", "--scale", "0")


def kept(name: str) -> tuple[Scenario, dict[str, Any]]:
    result = keeping.kept(name)
    assert result
    return read_scenario(name), result


@EACH
def test_every_fact_has_a_source_and_every_assumption_a_reason(name: str) -> None:
    scenario = read_scenario(name)
    for fact in scenario.facts.values():
        assert fact.source, fact.key
        assert fact.told.keys() >= {"id", "en"}
    for assumed in scenario.assumptions.values():
        assert assumed.told.keys() >= {"id", "en", "why", "why_en"}, assumed.key
    for row in scenario.beside():
        assert row["now"] in telling.NOW
        assert set(row["facts"]) <= set(scenario.facts)


@EACH
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_table_tells_then_and_now_with_all_grounds(name: str, language: str) -> None:
    scenario, result = kept(name)
    with translation.override(language):
        table = telling.as_table(scenario, result)
        assert scenario.title in table
        for row in telling.rows_of(scenario, result):
            assert row.words in table
            assert row.now
        flat = " ".join(table.split())
        for stated in [*scenario.facts.values(), *scenario.assumptions.values()]:
            assert stated.words in flat
    assert max(map(len, table.splitlines())) <= telling.WIDTH


@EACH
@pytest.mark.parametrize("width", [328, 360, 712, 960, 1088])
def test_the_picture_is_plain_svg_within_its_width(name: str, width: int) -> None:
    scenario, result = kept(name)
    drawn = draw(scenario, result, width=width)
    root = ElementTree.fromstring(drawn)
    assert root.get("width") == str(width)
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "text", "tspan"}
    assert not any(element.get("style") or element.get("class") for element in root.iter())
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert int(box.get("x", "0")) + int(box.get("width", "0")) <= width
    assert len(drawn.encode()) < 40_000


def test_a_broken_rule_is_told_and_not_hidden() -> None:
    scenario, result = kept("masks-2020")
    assert telling.holds(result)
    broken = {**result, "accepted_over_share": 12}
    assert not telling.holds(broken)
    with translation.override("en"):
        assert "NO     Not one piece is confirmed beyond a share" in telling.as_table(scenario, broken)


@EACH
def test_the_documents_show_what_is_kept(name: str) -> None:
    """Numbers and pictures of docs/replays.md and README are those of the kept result."""
    scenario, result = kept(name)
    documents = "".join((Path(settings.ROOT) / path).read_text() for path in ("docs/replays.md", "README.md"))
    with translation.override("en"):
        for key in ("ordered", "attempted_over_share", "largest_share"):
            assert formats.number(result[key]) in documents
        assert formats.number(telling.came_back(result)) in documents
        for ending, width in replaying.DRAWINGS.items():
            drawn = replaying.PICTURES / f"replay-{name}{ending}.svg"
            assert drawn.read_text() == draw(scenario, result, width=width), "run: lumbung replay all --keep"
