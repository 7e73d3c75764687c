"""Who stands behind the key of somebody who did something."""

from collections.abc import Iterable

from lumbung.people.queries import names_of


def names_behind(keys: Iterable[str]) -> dict[str, str]:
    return names_of(keys)


def name_behind(key: str) -> str:
    """The full name of whoever did it; nothing where it was not a person."""
    return names_of([key]).get(key, "")
