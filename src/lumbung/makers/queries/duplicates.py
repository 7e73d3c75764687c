"""Makers that seem to be one."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from lumbung.makers import rules
from lumbung.makers.choices import REGISTER_DEEDS, DuplicateSign, MakerState
from lumbung.makers.models import DuplicateReview, Maker
from lumbung.makers.queries.access import WITH_ALL
from lumbung.makers.rules import Joined, Rank, Signs, Twin
from lumbung.records.queries import newest_of

SIGNS = ("pk", "owner_id", "bank_account", "village_id", "house", "state", "registered_at")
MOST_ASKED = 900
"""A statement takes only so many numbers at once."""
MANY = 9_000
"""From so many suspects on the whole register is read at once."""
KEPT_SECONDS = 3600


def duplicate_clusters(maker_ids: Collection[int] | None = None) -> dict[int, Twin]:
    """Of these makers (or of all that are not closed): who counts as one with others, and with whom.

    Maker → (representative, sign); the representative is in it too, makers who stand alone are not. They are
    joined transitively, also through makers that are not asked for; closed makers count for nothing. A handful
    of queries, whatever the number.
    """
    joined, ranks = _joined()
    asked = None if maker_ids is None else frozenset(maker_ids)
    return rules.elect(joined, (rank for rank in ranks if asked is None or rank.maker in asked))


def register_version() -> str:
    """A text that changes with every deed after which other makers may seem to be one."""
    newest = Maker.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{newest_of(REGISTER_DEEDS)}:{newest or 0}"


def _joined() -> tuple[Joined, list[Rank]]:
    """Found by reading the whole register, so kept until a deed changes it: every deed leaves a record."""
    key = f"makers:joined:{register_version()}"
    found: tuple[Joined, list[Rank]] | None = cache.get(key)
    if found is None:
        rows = list(_signs_and_ranks(_suspects()))
        joined = rules.join([signs for signs, _rank in rows], cleared_pairs())
        found = joined, [rank for _signs, rank in rows if rank.maker in joined.roots]
        cache.set(key, found, timeout=KEPT_SECONDS)
    return found


def cleared_pairs() -> frozenset[tuple[int, int]]:
    """The pairs that somebody has looked at and found to be two."""
    return frozenset(DuplicateReview.objects.values_list("first_id", "second_id"))


def _suspects() -> set[int]:
    """Whoever shares an owner, an account or a house with somebody: few among many, found by the indexes."""
    makers = Maker.objects.order_by()
    accounts = makers.exclude(bank_account="")
    found = set(_sharing(makers, "owner")) | set(_sharing(accounts, "bank_account"))
    homes: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = makers.exclude(house="").values_list("pk", "village_id", "house")
    for maker, village, house in rows.iterator(chunk_size=10_000):
        homes[village, rules.house_key(house)].append(maker)
    return found.union(*(group for group in homes.values() if len(group) > 1))


def _sharing(makers: QuerySet[Maker], field: str) -> Iterator[int]:
    shared = makers.values(field).annotate(times=Count("pk")).filter(times__gt=1).values(field)
    return makers.filter(**{f"{field}__in": shared}).values_list("pk", flat=True).iterator()


def _signs_and_ranks(suspects: set[int]) -> Iterator[tuple[Signs, Rank]]:
    makers = Maker.objects.exclude(state=MakerState.CLOSED).order_by("pk")
    parts = [makers] if len(suspects) > MANY else [makers.filter(pk__in=part) for part in in_parts(suspects)]
    for part in parts:
        for row in part.values_list(*SIGNS).iterator(chunk_size=5000):
            yield Signs._make(row[:5]), Rank(row[5] != MakerState.ACTIVE, row[6], row[0])


def in_parts(numbers: Collection[int], size: int = MOST_ASKED) -> Iterator[list[int]]:
    """Numbers in lists that a statement can take."""
    every = sorted(numbers)
    return (every[start : start + size] for start in range(0, len(every), size))


@dataclass(frozen=True)
class Likeness:
    """Another maker that seems to be the same, by which signs, and what somebody found who looked."""

    maker: Maker
    signs: tuple[DuplicateSign, ...]
    review: DuplicateReview | None = None


def likenesses_of(maker: Maker) -> list[Likeness]:
    """The makers that share a sign with this one, looked at or not, in a handful of queries."""
    others = Maker.objects.filter(pk__in=_sharing_with(maker)).exclude(state=MakerState.CLOSED)
    reviews = _reviews_of(maker)
    found = [
        Likeness(other, signs, reviews.get(other.pk))
        for other in others.select_related(*WITH_ALL).order_by("registered_at", "pk")
        if (signs := signs_between(maker, other))
    ]
    return sorted(found, key=lambda likeness: likeness.review is not None)


def _sharing_with(maker: Maker) -> set[int]:
    """Each sign by its own index; houses of the village as they are read, however they are spelled."""
    found = set(Maker.objects.filter(owner=maker.owner_id).values_list("pk", flat=True))
    if maker.bank_account:
        found |= set(Maker.objects.filter(bank_account=maker.bank_account).values_list("pk", flat=True))
    if key := rules.house_key(maker.house):
        homes = Maker.objects.filter(village=maker.village_id).exclude(house="").values_list("pk", "house")
        found |= {pk for pk, house in homes.iterator(chunk_size=5000) if rules.house_key(house) == key}
    return found - {maker.pk}


def signs_between(first: Maker, second: Maker) -> tuple[DuplicateSign, ...]:
    """What two makers share."""
    house = rules.house_key(first.house)
    shared = {
        DuplicateSign.OWNER: first.owner_id == second.owner_id,
        DuplicateSign.ACCOUNT: bool(first.bank_account) and first.bank_account == second.bank_account,
        DuplicateSign.HOUSE: bool(house)
        and (first.village_id, house) == (second.village_id, rules.house_key(second.house)),
    }
    return tuple(sign for sign, is_shared in shared.items() if is_shared)


def _reviews_of(maker: Maker) -> dict[int, DuplicateReview]:
    reviews = DuplicateReview.objects.filter(Q(first=maker) | Q(second=maker))
    return {r.second_id if r.first_id == maker.pk else r.first_id: r for r in reviews}


@dataclass(frozen=True)
class Cluster:
    """Makers that count as one: the one that takes the turn first."""

    sign: DuplicateSign
    makers: list[Maker]

    @property
    def pairs(self) -> list[tuple[Maker, Maker]]:
        """The one that takes the turn, with each of the others."""
        return [(self.makers[0], other) for other in self.makers[1:]]


def clusters_to_look_at(seen: QuerySet[Maker], *, most: int = 50) -> tuple[list[Cluster], int]:
    """Clusters with at least one maker that the person sees, whole, and how many there are in all."""
    twins = duplicate_clusters()
    visible = {
        number for part in in_parts(twins) for number in seen.filter(pk__in=part).values_list("pk", flat=True)
    }
    members: dict[int, list[int]] = defaultdict(list)
    for maker, twin in twins.items():
        members[twin.representative].append(maker)
    chosen = sorted(first for first, makers in members.items() if visible.intersection(makers))
    shown = [number for first in chosen[:most] for number in members[first]]
    makers = Maker.objects.select_related(*WITH_ALL).in_bulk(shown)
    return [
        _cluster(first, twins, [makers[number] for number in members[first]]) for first in chosen[:most]
    ], len(chosen)


def _cluster(first: int, twins: dict[int, Twin], makers: list[Maker]) -> Cluster:
    ordered = sorted(makers, key=lambda maker: (maker.pk != first, maker.registered_at, maker.pk))
    return Cluster(twins[ordered[-1].pk].sign, ordered)
