"""A replay's data file: facts with source and date, assumptions with a reason, and what stands beside what."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation import formats

BASIS = 10_000


def folder() -> Path:
    """Where the data files and the kept results of the replays lie."""
    return Path(settings.ROOT) / "data" / "replays"


def names() -> list[str]:
    """The replays that there are, the masks first: with them it began."""
    found = sorted(path.stem for path in folder().glob("*.toml"))
    return sorted(found, key=lambda name: name != "masks-2020")


def in_english() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("en")


def said(told: Mapping[str, Any], key: str = "") -> str:
    """What a table of the file says in the reader's language: `title` and `title_en`, `id` and `en`."""
    if not key:
        return str(told["en" if in_english() else "id"])
    return str(told[f"{key}_en"] if in_english() and f"{key}_en" in told else told.get(key, ""))


@dataclass(frozen=True)
class Stated:
    """One fact or one assumption, as the file states it."""

    key: str
    told: Mapping[str, Any]

    @property
    def words(self) -> str:
        return said(self.told)

    @property
    def value(self) -> Any:
        return self.told.get("value")

    @property
    def shown(self) -> str:
        """The value as it is read: with the file's own words where it has some."""
        return said(self.told, "shown") or _shown(self.key, self.value)

    @property
    def why(self) -> str:
        """Why we assume it; a fact has a source instead."""
        return said(self.told, "why")

    @property
    def source(self) -> str:
        return said(self.told, "source")

    @property
    def url(self) -> str:
        return str(self.told.get("url", ""))

    @property
    def when(self) -> str:
        """The day, month or year of the source, as exactly as it is known."""
        day = self.told.get("date", "")
        if isinstance(day, date):
            return formats.day_full(day)
        if not day:
            return _("undated")
        year, _dash, month = str(day).partition("-")
        names_of_months = formats.MONTHS["en" if in_english() else "id"]
        return f"{names_of_months[int(month) - 1]} {year}" if month else year


def _shown(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key.endswith("_bp"):
        return formats.percent_bp(value)
    if isinstance(value, date):
        return formats.day_full(value)
    if isinstance(value, list):
        return "–".join(formats.number(part) for part in value)
    return formats.number(value)


@dataclass(frozen=True)
class Scenario:
    """One replay: everything that goes into it."""

    name: str
    told: Mapping[str, Any]
    facts: Mapping[str, Stated] = field(default_factory=dict)
    assumptions: Mapping[str, Stated] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return said(self.told["scenario"], "title")

    @property
    def lead(self) -> str:
        return said(self.told["scenario"], "lead")

    @property
    def goods(self) -> Mapping[str, str]:
        goods: Mapping[str, str] = self.told["goods"]
        return goods

    @property
    def seed(self) -> int:
        return int(self.told["scenario"]["seed"])

    @property
    def places(self) -> str:
        """The folder of `data/places` in which the order was made."""
        return str(self.told["scenario"]["places"])

    @property
    def time_zone(self) -> ZoneInfo:
        """The time of that place, whatever this server's is."""
        return ZoneInfo(self.told["scenario"]["time_zone"])

    @property
    def picture(self) -> str:
        """How the two courses are drawn: `cloth` (how much) or `calendar` (when)."""
        return str(self.told["scenario"]["picture"])

    def value(self, key: str, default: Any = None) -> Any:
        """A number of the file, whether the papers say it or we assume it."""
        stated = self.assumptions.get(key) or self.facts.get(key)
        if stated is None or stated.value is None:
            if default is None:
                raise LookupError(f"{self.name} states no {key}.")
            return default
        return stated.value

    def then(self, key: str) -> int | None:
        """What the papers say of `produced` or `unsold`; None where they say nothing."""
        told = self.told["then"][key]
        if "fact" in told:
            return int(self.facts[told["fact"]].value)
        number: int | None = told.get("value")
        return number

    def beside(self) -> Iterable[Mapping[str, Any]]:
        """The rows of the table: what was then, and the name of what is measured now."""
        rows: Iterable[Mapping[str, Any]] = self.told["beside"]
        return rows


def read_scenario(name: str) -> Scenario:
    """Raises FileNotFoundError when there is no such replay."""
    told = tomllib.loads((folder() / f"{name}.toml").read_text(encoding="utf-8"))
    facts = {key: Stated(key, row) for key, row in told["facts"].items()}
    assumptions = {key: Stated(key, row) for key, row in told["assumptions"].items()}
    return Scenario(name, told, facts, assumptions)
