"""Reading the environment: a missing or odd value fails at once and says the repair."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment.")
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if value.lower() not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} is '{value}': write 1 or 0.")
    return value.lower() in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is '{value}': write a whole number.")
    return int(value)


def weekdays(name: str, default: str) -> frozenset[int]:
    """Days of the week as digits, 1 for Monday to 7 for Sunday: `12345`."""
    written = text(name, default)
    if not written or not set(written) <= set("1234567"):
        raise ImproperlyConfigured(f"{name} is '{written}': write the days as digits, 1 Monday to 7 Sunday.")
    return frozenset(map(int, written))


def days(name: str) -> frozenset[date]:
    """Days of the calendar with commas between: `2026-12-25,2027-01-01`; none when it is not set."""
    written = [part.strip() for part in text(name, "").split(",") if part.strip()]
    try:
        return frozenset(map(date.fromisoformat, written))
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"{name} is '{text(name, '')}': write days as 2026-12-25, with commas between."
        ) from fault


def database(address: str, var: Path) -> dict[str, Any]:
    """Django's settings for one database from `postgresql://user:word@host:port/name` or `sqlite:///path`."""
    if not address:
        address = f"sqlite:///{var / 'lumbung.sqlite3'}"
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path[1:])
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts.geturl())
    raise ImproperlyConfigured(
        f"The database address begins with '{parts.scheme}': use sqlite or postgresql."
    )


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 30}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
