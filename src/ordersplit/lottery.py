"""Ties are settled by tickets that anyone can recompute and nobody can choose."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
MANY = 500


def number_of(digest: bytes) -> int:
    """The first 63 bits of a digest: fits a signed 64-bit column and orders as the digest does."""
    return int.from_bytes(digest[:8], "big") >> 1


class Lottery:
    """A maker's ticket is sha256(seed followed by the maker's id, in UTF-8); the lowest goes first."""

    def __init__(self, seed: str, ids: Sequence[str]) -> None:
        self.seed = seed
        self.ids = ids
        self._base = hashlib.sha256(seed.encode())
        self._digests: dict[int, bytes] = {}

    @property
    def number(self) -> int:
        """The seed as an integer of 63 bits."""
        return number_of(self._base.digest())

    def digest(self, position: int) -> bytes:
        """The whole ticket of the maker at ``position``."""
        known = self._digests.get(position)
        if known is None:
            drawn = self._base.copy()
            drawn.update(self.ids[position].encode())
            known = self._digests[position] = drawn.digest()
        return known

    def ticket(self, position: int) -> int:
        """The ticket of the maker at ``position`` as an integer of 63 bits."""
        return number_of(self.digest(position))

    @cached_property
    def rank(self) -> Ints:
        """Where each maker comes in the lottery, from 0 on."""
        order = sorted(range(len(self.ids)), key=self.digest)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return rank

    def ordered(self, positions: Ints, preference: Ints) -> Ints:
        """``positions`` with higher ``preference`` (aligned with them) first, then by ticket."""
        if positions.size > MANY:
            return positions[np.lexsort((self.rank[positions], -preference))]
        queue = zip((-preference).tolist(), positions.tolist(), strict=True)
        ranked = sorted(queue, key=lambda pair: (pair[0], self.digest(pair[1])))
        return np.fromiter((place for _, place in ranked), dtype=np.int64, count=positions.size)
