"""The documents tell the truth: what they name exists, and what matters is named."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import models

from config.command import COMMANDS
from lumbung.people.choices import ROLES

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
ROOMS = sorted(path.parent.name for path in (SRC / "lumbung").glob("*/__init__.py"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GLOSSARY = ROOT / "docs" / "glossary.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PLACES = [
    ROOT,
    SRC,
    SRC / "lumbung",
    SRC / "foundation",
    SRC / "orderdossier",
    SRC / "ordersplit",
    *(SRC / "lumbung" / r for r in ROOMS),
]


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


@cache
def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def marked(document: Path) -> set[str]:
    """What stands between backticks on a line, without fenced blocks."""
    prose = re.sub(r"^```.*?^```", "", text_of(document), flags=re.MULTILINE | re.DOTALL)
    return {found for line in prose.splitlines() for found in re.findall(r"`([^`]+)`", line)}


def everything(document: Path) -> str:
    """Fenced blocks and marked words: where commands stand."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", text_of(document), flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*fenced, *marked(document)])


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", text_of(document))
    inside = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in inside if not (document.parent / target).exists()] == []


def test_every_picture_stands_in_a_document() -> None:
    shown = "".join(map(text_of, DOCUMENTS))
    pictures = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
    assert {name for name in pictures if f"pictures/{name}" not in shown} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_files_exist(document: Path) -> None:
    """A path is one below the root, the sources or a room; a bare name is one that some room has."""
    words = {word for word in marked(document) if "NNNN" not in word}
    files = {word for word in words if re.fullmatch(r"[\w./-]+\.(py|md|toml|html|js|css)", word)}
    folders = {word for word in words if re.fullmatch(r"(?:src|docs|tests|data|locale)/[\w./-]*", word)}
    assert {word for word in files | folders if not exists(word)} == set()


def exists(path: str) -> bool:
    if "/" not in path and path in all_names():
        return True
    return any((place / path).exists() for place in PLACES)


@cache
def all_names() -> frozenset[str]:
    return frozenset(path.name for path in SRC.rglob("*.*"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_commands_exist(document: Path) -> None:
    said = set(re.findall(r"\blumbung ([a-z][a-z-]+)\b", everything(document)))
    known = set(COMMANDS) | set(get_commands())
    assert said - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_make_targets_exist(document: Path) -> None:
    said = set(re.findall(r"\bmake ([a-z][a-z-]+)\b", everything(document)))
    assert said - make_targets() == set()


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_settings_exist(document: Path) -> None:
    """Words in capitals are settings, variables of the environment, or constants somewhere in the code."""
    said = {found for word in marked(document) for found in re.findall(r"\b[A-Z][A-Z]+(?:_[A-Z]+)+\b", word)}
    known = "\n".join(text_of(path) for path in [*SRC.rglob("*.py"), ROOT / "Makefile", ROOT / ".ci" / "run"])
    assert {word for word in said if word not in known} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_names_of_the_code_exist(document: Path) -> None:
    """`people.rules.secret_of`, `foundation.clock`: a room or a package, then names that are there."""
    starts = "|".join([*ROOMS, "foundation", "ordersplit", "config", "lumbung"])
    dotted = [word for word in marked(document) if re.fullmatch(rf"(?:{starts})(?:\.\w+)+", word)]
    files = (".py", ".md", ".toml", ".html", ".json")
    known = [word for word in dotted if word.endswith(files) or word in places_on_pages()]
    assert [word for word in dotted if word not in known and not resolves(word)] == []


@cache
def places_on_pages() -> set[str]:
    """Where pages show what rooms above have: `orders.detail`."""
    drawn = "".join(path.read_text(encoding="utf-8") for path in SRC.rglob("*.html"))
    return set(re.findall(r"{% (?:panels|ways) \"([\w.]+)\"", drawn))


def resolves(dotted: str) -> bool:
    parts = dotted.split(".")
    if parts[0] in ROOMS:
        parts.insert(0, "lumbung")
    found: ModuleType | object = import_module(parts[0])
    for place, part in enumerate(parts[1:], 2):
        if not hasattr(found, part):
            try:
                import_module(".".join(parts[:place]))
            except ModuleNotFoundError:
                return False
        found = getattr(found, part)
    return True


# The other way round


def own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith(("lumbung.", "foundation.")):
            yield model


def closed_lists() -> Iterator[type[models.Choices]]:
    for room in ROOMS:
        try:
            module = import_module(f"lumbung.{room}.choices")
        except ModuleNotFoundError:
            continue
        for thing in vars(module).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, models.Choices)
                and thing.__module__ == module.__name__
            ):
                yield thing


def test_every_table_stands_in_the_glossary() -> None:
    words = marked(GLOSSARY)
    assert [model.__name__ for model in own_models() if model.__name__ not in words] == []


@pytest.mark.parametrize("closed", list(closed_lists()), ids=lambda closed: closed.__name__)
def test_every_word_of_a_closed_list_stands_in_the_glossary(closed: type[models.Choices]) -> None:
    words = marked(GLOSSARY)
    assert closed.__name__ in words
    assert [value for value in closed.values if value and value not in words] == []


def test_every_role_stands_in_the_glossary() -> None:
    rows = re.findall(r"^\| `(\w+)` \| \*", text_of(GLOSSARY).partition("## Roles")[2], flags=re.MULTILINE)
    assert rows == [role.key for role in ROLES]


def test_every_room_stands_in_the_architecture_with_its_sentence() -> None:
    table = text_of(ARCHITECTURE).partition("## The rooms")[2].partition("## The files")[0]
    assert [room for room in ROOMS if f"`{room}`" not in table] == []


def test_every_command_stands_in_the_architecture() -> None:
    said = re.findall(r"^\| `lumbung ([a-z-]+)` \|", text_of(ARCHITECTURE), flags=re.MULTILINE)
    assert said == list(COMMANDS)


def test_every_setting_of_the_environment_stands_in_the_architecture() -> None:
    code = "\n".join(text_of(path) for path in (SRC / "config").glob("*.py"))
    read = set(re.findall(r"environment\.(?:text|flag|number)\(\s*\"([A-Z_]+)\"", code))
    assert read
    assert read - marked(ARCHITECTURE) == set()


def test_every_make_target_for_people_stands_in_contributing() -> None:
    told = set(re.findall(r"^## ([a-z-]+):", text_of(ROOT / "Makefile"), flags=re.MULTILINE))
    said = set(re.findall(r"^\| `make ([a-z-]+)` \|", text_of(ROOT / "CONTRIBUTING.md"), flags=re.MULTILINE))
    assert told - said == set()


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    listed = re.findall(r"\]\((0\d{3}-[\w-]+\.md)\)", text_of(ROOT / "docs" / "decisions" / "README.md"))
    assert listed == [path.name for path in DECISIONS]
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_a_decision_says_context_decision_and_consequences_on_one_page(decision: Path) -> None:
    text = text_of(decision)
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {decision.name[:4]}: ")
    assert len(text.split()) < 500
