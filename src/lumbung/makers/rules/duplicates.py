"""Two entries that seem one maker count as one household until somebody has looked."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    is_active: bool
    registered_at: datetime


class Twin(NamedTuple):
    """For whom a maker counts: the representative of its cluster, and the sign that joined it."""

    representative: int
    sign: DuplicateSign


def ordered(first: int, second: int) -> Pair:
    return (first, second) if first < second else (second, first)


def cluster(
    rows: Collection[Signs], cleared: Collection[Pair] = (), among: Collection[int] | None = None
) -> dict[int, Twin]:
    """Every maker that is not alone in its cluster, with the cluster's representative.

    Pairs are joined transitively, also through makers that are not `among` those asked for; a pair that was
    looked at and `cleared` is no link. The representative is the earliest registered of those asked for,
    an active one where there is one: a paused entry does not take the turn of an active one.
    """
    roots, signs = _joined(rows, cleared)
    members: dict[int, list[Signs]] = defaultdict(list)
    for row in rows:
        if row.maker in signs and (among is None or row.maker in among):
            members[_root(roots, row.maker)].append(row)
    return {
        row.maker: Twin(found[0].maker, signs[row.maker])
        for found in (sorted(each, key=_first_to_count) for each in members.values() if len(each) > 1)
        for row in found
    }


def _first_to_count(row: Signs) -> tuple[bool, datetime, int]:
    return (not row.is_active, row.registered_at, row.maker)


def _joined(
    rows: Collection[Signs], cleared: Collection[Pair]
) -> tuple[dict[int, int], dict[int, DuplicateSign]]:
    """Union-find over all links: the parent of each joined maker, and the first sign that joined it."""
    roots: dict[int, int] = {}
    signs: dict[int, DuplicateSign] = {}
    for first, second, sign in links(rows, cleared):
        signs.setdefault(first, sign)
        signs.setdefault(second, sign)
        roots[_root(roots, first)] = _root(roots, second)
    return roots, signs


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
