"""Large computed results kept in files below VAR, so that a page reads only its slice of a long list.

One file a name: the slices one behind the other, then where each begins, then where that begins. Written beside and
put in place whole; a file that cannot be read (an older version wrote it) counts as none. Whoever keeps something
gives a token of what it was computed from, and judges on reading whether it still holds.
"""

import hashlib
import os
import pickle
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

SLICE = 20
_END = 8


def keep(name: str, *, token: str, told: Any, lists: Mapping[str, Sequence[Any]]) -> None:
    """Keep what is told of the whole, and lists that are read by slices of `SLICE`."""
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        starts: dict[str, list[int]] = {}
        for key, rows in lists.items():
            starts[key] = []
            for first in range(0, len(rows), SLICE):
                starts[key].append(file.tell())
                pickle.dump(list(rows[first : first + SLICE]), file)
        sizes = {key: len(rows) for key, rows in lists.items()}
        begin = file.tell()
        pickle.dump((token, told, sizes, starts), file)
        file.write(begin.to_bytes(_END, "big"))
    Path(file.name).replace(place)


@dataclass(frozen=True)
class Kept:
    """What was kept: its token, what was told of the whole, and the lists."""

    place: Path
    token: str
    told: Any
    sizes: Mapping[str, int]
    starts: Mapping[str, Sequence[int]]

    def size(self, key: str) -> int:
        return self.sizes.get(key, 0)

    def slice_at(self, key: str, first: int) -> list[Any]:
        """The slice that holds row number `first`, counted from 0."""
        starts = self.starts.get(key, ())
        if not starts:
            return []
        with self.place.open("rb") as file:
            file.seek(starts[min(max(0, first) // SLICE, len(starts) - 1)])
            rows: list[Any] = pickle.load(file)  # noqa: S301 - a file of our own
            return rows


def kept(name: str) -> Kept | None:
    place = _place(name)
    try:
        with place.open("rb") as file:
            file.seek(-_END, os.SEEK_END)
            file.seek(int.from_bytes(file.read(_END), "big"))
            return Kept(place, *pickle.load(file))  # noqa: S301 - a file of our own
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, TypeError, ValueError):
        return None


def _place(name: str) -> Path:
    return Path(settings.KEPT_ROOT) / hashlib.sha256(name.encode()).hexdigest()[:32]
