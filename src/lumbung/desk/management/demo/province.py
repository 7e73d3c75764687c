"""What a province's demo file says, read once and checked: an assumption that nobody owns up to is a fault."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

Table = Mapping[str, Any]


class WrongFile(Exception):
    """A demo file that cannot be built, as a sentence."""


@dataclass(frozen=True)
class Range:
    """Numbers between `low` and `high`, most often near `likely`, in steps."""

    low: int
    likely: int
    high: int
    step: int = 1

    def draw(self, chance: Random) -> int:
        drawn = chance.triangular(self.low, self.high, self.likely)
        return max(self.step, round(drawn / self.step) * self.step)


@dataclass(frozen=True)
class Sentra:
    """A village known for a trade, with its part of a hundred."""

    village: str
    percent: int


@dataclass(frozen=True)
class Groups:
    """How many of a hundred makers are a captain's group, of how many houses."""

    percent: int = 0
    fewest: int = 2
    most: int = 2


@dataclass(frozen=True)
class Permit:
    """A certificate that a part of the makers hold for their good."""

    scheme: str
    percent: int
    valid_years: int


@dataclass(frozen=True)
class Ware:
    """What a maker makes: how much a week with one pair of hands, at which price, from which lot on."""

    kind: str
    weekly: Range
    price: Range
    lots: tuple[int, ...]
    weights: tuple[int, ...]
    percent: int = 100


@dataclass(frozen=True)
class Trade:
    """How many make a ware, and where."""

    ware: Ware
    makers: int
    groups: Groups
    spread: Mapping[str, int]
    sentra: tuple[Sentra, ...]
    also: tuple[Ware, ...]
    permits: tuple[Permit, ...]


@dataclass(frozen=True)
class Step:
    """One thing that happens on a day: `do` names it, `numbers` say how much of it."""

    day: int
    do: str
    hour: int = 9
    numbers: Table = field(default_factory=dict)

    def percent(self, name: str = "percent", default: float = 100) -> float:
        return float(self.numbers.get(name, default))

    def text(self, name: str) -> str:
        return str(self.numbers[name])


@dataclass(frozen=True)
class PlannedOrder:
    """An order and what becomes of it; its steps count from its own day."""

    title: str
    day: int
    hour: int
    due: int
    buyer: str
    by: str
    is_draft: bool
    own_chance: int
    """Above 0: it draws from numbers of its own, so that nothing else in the demo moves."""
    points: tuple[str, ...]
    lines: tuple[Table, ...]
    schemes: tuple[str, ...]
    terms: Table
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DemoProvince:
    """Everything that a demo assumes."""

    path: Path
    province: str
    seed: int
    names: Table
    parties: tuple[Table, ...]
    accounts: tuple[Table, ...]
    makers_with_account: tuple[Table, ...]
    kinds: tuple[Table, ...]
    schemes: tuple[Table, ...]
    trades: tuple[Trade, ...]
    register: Table
    register_steps: tuple[Step, ...]
    declined_for: Mapping[str, int]
    orders: tuple[PlannedOrder, ...]

    @property
    def makers(self) -> int:
        return sum(trade.makers for trade in self.trades)


def shipped() -> Path:
    """The demo of the province that this server is set to."""
    return Path(settings.ROOT) / "data" / "demo" / f"{settings.PROVINCE}.toml"


def read(path: Path) -> DemoProvince:
    """Read a demo file; raise WrongFile when a distribution says neither its fact nor that it is an assumption."""
    if not path.exists():
        raise WrongFile(f"There is no demo file {path}.")
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    if silent := list(without_basis(written)):
        raise WrongFile(f"{path.name} does not say what these lean on: {', '.join(silent)}.")
    basis = written.get("public_basis", {})
    return DemoProvince(
        path=path,
        province=written["province"],
        seed=written["seed"],
        names=written["names"],
        parties=tuple(written["parties"]),
        accounts=tuple(written["accounts"]),
        makers_with_account=tuple(written.get("makers_with_account", ())),
        kinds=tuple(written["kinds"]),
        schemes=tuple(written["schemes"]),
        trades=tuple(map(_trade, written["trades"])),
        register=written["register"],
        register_steps=_steps(written["register"]["steps"]),
        declined_for=written["declined_for"],
        orders=tuple(_order(order, basis) for order in written["orders"]),
    )


def without_basis(written: Table) -> Iterator[str]:
    """The names of distributions and orders that lean on nothing: no fact with its source, no word assumption."""
    for trade in written["trades"]:
        name = trade["kind"]
        parts = {"makers": trade, "groups": trade["groups"], "spread": trade["spread"]}
        for ware in (trade, *trade.get("also", ())):
            parts |= {f"weekly of {ware['kind']}": ware["weekly"], f"price of {ware['kind']}": ware["price"]}
        parts |= {f"sentra {one['village']}": one for one in trade.get("sentra", ())}
        parts |= {f"permit {one['scheme']}": one for one in trade.get("permits", ())}
        yield from (f"{name}: {part}" for part, table in parts.items() if not has_basis(table))
    orders = {order["title"]: order for order in written["orders"]}
    more = {"names": written["names"], "register": written["register"], **orders}
    yield from (part for part, table in more.items() if not has_basis(table))


def has_basis(table: Table) -> bool:
    return bool(table.get("assumption") or (table.get("fact") and table.get("source")))


def _trade(written: Table) -> Trade:
    groups, spread = written["groups"], written["spread"]
    return Trade(
        ware=_ware(written),
        makers=written["makers"],
        groups=Groups(groups["percent"], *groups["houses"]),
        spread={regency: weight for regency, weight in spread.items() if isinstance(weight, int)},
        sentra=tuple(Sentra(one["village"], one["percent"]) for one in written.get("sentra", ())),
        also=tuple(map(_ware, written.get("also", ()))),
        permits=tuple(
            Permit(one["scheme"], one["percent"], one["valid_years"]) for one in written.get("permits", ())
        ),
    )


def _ware(written: Table) -> Ware:
    lots: Sequence[tuple[int, int]] = written["lots"]
    return Ware(
        kind=written["kind"],
        weekly=_range(written["weekly"]),
        price=_range(written["price"]),
        lots=tuple(lot for lot, _weight in lots),
        weights=tuple(weight for _lot, weight in lots),
        percent=written.get("percent", 100),
    )


def _range(written: Table) -> Range:
    return Range(written["low"], written["likely"], written["high"], written.get("step", 1))


def _steps(written: Sequence[Table]) -> tuple[Step, ...]:
    own = {"day", "hour", "do"}
    return tuple(
        Step(
            day=step["day"],
            do=step["do"],
            hour=step.get("hour", 9),
            numbers={name: value for name, value in step.items() if name not in own},
        )
        for step in written
    )


def _order(written: Table, basis: Table) -> PlannedOrder:
    return PlannedOrder(
        title=written["title"],
        day=written["day"],
        hour=written.get("hour", 9),
        due=written["due"],
        buyer=written["buyer"],
        by=written["by"],
        is_draft=written.get("draft", False),
        own_chance=written.get("own_chance", 0),
        points=tuple(written["points"]),
        lines=tuple(written["lines"]),
        schemes=tuple(written.get("schemes", ())),
        terms={**(basis if written.get("public") else {}), **written["terms"]},
        steps=_steps(written.get("steps", ())),
    )
