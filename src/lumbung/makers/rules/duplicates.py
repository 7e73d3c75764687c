"""Two entries that seem one maker count as one household until somebody has looked."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise
from typing import NamedTuple

from lumbung.makers.choices import DuplicateSign
from lumbung.makers.rules.spelling import house_key

Pair = tuple[int, int]


class Signs(NamedTuple):
    """What may show that a maker is the same as another one; empty text shows nothing."""

    maker: int
    owner: int
    account: str
    village: str
    house: str


class Twin(NamedTuple):
    """For whom a maker counts: the representative of its cluster, and the sign that joined it."""

    representative: int
    sign: DuplicateSign


class Rank(NamedTuple):
    """Who of a cluster takes the turn: the earliest registered, an active one where there is one.

    A paused entry does not take the turn of an active one.
    """

    is_waiting: bool
    registered_at: datetime
    maker: int


@dataclass(frozen=True)
class Joined:
    """Makers that are linked to others: the root of each, and the first sign that linked it."""

    roots: Mapping[int, int]
    signs: Mapping[int, DuplicateSign]


def ordered(first: int, second: int) -> Pair:
    return (first, second) if first < second else (second, first)


def join(rows: Collection[Signs], cleared: Collection[Pair] = ()) -> Joined:
    """Union-find over all links, transitively; a pair that was looked at and `cleared` is no link."""
    roots: dict[int, int] = {}
    signs: dict[int, DuplicateSign] = {}
    for first, second, sign in links(rows, cleared):
        signs.setdefault(first, sign)
        signs.setdefault(second, sign)
        roots[_root(roots, first)] = _root(roots, second)
    return Joined({maker: _root(roots, maker) for maker in signs}, signs)


def elect(joined: Joined, ranks: Iterable[Rank]) -> dict[int, Twin]:
    """The representative of each ranked maker that is not alone among those ranked."""
    members: dict[int, list[Rank]] = defaultdict(list)
    for rank in ranks:
        if rank.maker in joined.roots:
            members[joined.roots[rank.maker]].append(rank)
    return {
        rank.maker: Twin(min(group).maker, joined.signs[rank.maker])
        for group in members.values()
        if len(group) > 1
        for rank in group
    }


def _root(roots: dict[int, int], maker: int) -> int:
    while (parent := roots.get(maker, maker)) != maker:
        roots[maker] = roots.get(parent, parent)
        maker = parent
    return maker


def links(
    rows: Collection[Signs], cleared: Collection[Pair] = ()
) -> Iterator[tuple[int, int, DuplicateSign]]:
    """Pairs that share a sign, the strongest sign first; enough of them to join each group whole."""
    known = frozenset(cleared)
    touched = {maker for pair in known for maker in pair}
    for sign, key in _KEYS.items():
        for group in _groups(rows, key).values():
            every = any(maker in touched for maker in group)
            for first, second in combinations(group, 2) if every else pairwise(group):
                if ordered(first, second) not in known:
                    yield first, second, sign


def _groups(rows: Iterable[Signs], key: Callable[[Signs], object]) -> Mapping[object, list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for row in rows:
        found = key(row)
        if found:
            groups[found].append(row.maker)
    return {found: makers for found, makers in groups.items() if len(makers) > 1}


def _house(row: Signs) -> tuple[str, str] | None:
    written = house_key(row.house) if row.house else ""
    return (row.village, written) if written else None


_KEYS: dict[DuplicateSign, Callable[[Signs], object]] = {
    DuplicateSign.OWNER: lambda row: row.owner,
    DuplicateSign.ACCOUNT: lambda row: row.account,
    DuplicateSign.HOUSE: _house,
}
