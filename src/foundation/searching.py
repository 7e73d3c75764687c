"""What a room hands to a form so that a written name finds the thing that is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Meant(NamedTuple):
    """What a text may mean: those called exactly so, and those called nearly so."""

    exact: list[Any]
    near: list[Any]


@dataclass(frozen=True)
class Search:
    """Functions of the room that keeps the things, and its sentences when not one thing is meant."""

    find: Callable[[str], Meant]
    by_key: Callable[[str], Any]
    write: Callable[[Any], str]
    none: "StrPromise"
    several: "StrPromise"
    near: "StrPromise"
    choose: "StrPromise"
