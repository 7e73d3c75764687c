"""Sums by place as everybody may read them: no group of fewer than five makers can be told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from lumbung.orders.rules.public import may_be_told


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """Makers who could take part and those with a share, the units they were entitled to and got."""

    village: str
    """Code; empty where several villages are taken together."""
    makers: int = 0
    chosen: int = 0
    households: int = 0
    entitled: int = 0
    received: int = 0

    @property
    def regency(self) -> str:
        return self.village[:5]

    @property
    def is_large_enough(self) -> bool:
        return may_be_told(self.makers, self.chosen)

    @property
    def part_percent(self) -> int:
        """What was got of the entitlement, in whole percent, rounded down."""
        return self.received * 100 // self.entitled if self.entitled else 0

    @property
    def per_household(self) -> int:
        return self.received // self.households if self.households else 0


@dataclass(frozen=True)
class RegencyGroup:
    """A regency with its villages that may be told apart, and the rest taken together (or None)."""

    code: str
    whole: PlaceSum
    villages: Sequence[PlaceSum] = field(default=())
    rest: PlaceSum | None = None


def added(rows: Iterable[PlaceSum]) -> PlaceSum:
    rows = list(rows)
    return PlaceSum(
        "",
        *(
            sum(getattr(row, name) for row in rows)
            for name in ("makers", "chosen", "households", "entitled", "received")
        ),
    )


def regency_groups(rows: Iterable[PlaceSum], *, together: Collection[str] = ()) -> list[RegencyGroup]:
    """Regencies by code, each with the villages that are large enough, the largest entitlement first.

    What is too small is taken together with the next smallest village until it is large enough; a regency that is
    too small as a whole is taken together with others under the code ``""``, and left out if even that is small.
    `together` names regencies that are hidden elsewhere on the page, so that they are not told apart here either.
    The fewest makers go first, as on the map: two pages that chose differently would give away what each hides.
    """
    by_regency: dict[str, list[PlaceSum]] = defaultdict(list)
    for row in rows:
        by_regency[row.regency].append(row)
    small = [
        code for code, found in by_regency.items() if code in together or not added(found).is_large_enough
    ]
    makers = {code: sum(row.makers for row in found) for code, found in by_regency.items()}
    large = sorted(by_regency.keys() - set(small), key=lambda code: (-makers[code], code))
    while small and large and not added(row for code in small for row in by_regency[code]).is_large_enough:
        small.append(large.pop())
    large.sort()
    groups = [_group(code, by_regency[code]) for code in large]
    others = added(row for code in small for row in by_regency[code])
    return [*groups, RegencyGroup("", others)] if small and others.is_large_enough else groups


def _group(code: str, rows: Sequence[PlaceSum]) -> RegencyGroup:
    shown = sorted((row for row in rows if row.is_large_enough), key=lambda row: (-row.entitled, row.village))
    hidden = [row for row in rows if not row.is_large_enough]
    while hidden and shown and not added(hidden).is_large_enough:
        hidden.append(shown.pop())
    return RegencyGroup(code, added(rows), tuple(shown), added(hidden) if hidden else None)
