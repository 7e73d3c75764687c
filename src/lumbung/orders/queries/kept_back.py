"""What a share cannot give back, as rooms above know it: what is made already stays."""

from collections.abc import Callable

Kept = Callable[[int], int]
_kept: list[Kept] = []


def register_kept(function: Kept) -> None:
    """A room above says how many pieces of a share, by its number, are made and cannot be given back."""
    if function not in _kept:
        _kept.append(function)


def made_already(share_id: int) -> int:
    """Pieces of a share that cannot be given back any more; ask within the lock of its line."""
    return max((function(share_id) for function in _kept), default=0)
