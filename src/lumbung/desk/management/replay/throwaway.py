"""A database for one replay: it lies in memory, and nothing of it is left when the block ends.

The operator's own database is not asked, whatever DATABASE_URL says: its connection waits meanwhile, unopened
if it was not open. Only the calling thread sees the exchange.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

IN_MEMORY = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ":memory:",
    "OPTIONS": {"init_command": "PRAGMA foreign_keys=ON;"},
}


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Let everything within the block happen in an empty database with all tables."""
    kept = connections[DEFAULT_DB_ALIAS]
    temporary = _in_memory()
    connections[DEFAULT_DB_ALIAS] = temporary
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = kept
        BaseDatabaseWrapper.close(temporary)  # SQLite's own keeps what lies in memory open
        ContentType.objects.clear_cache()


def _in_memory() -> BaseDatabaseWrapper:
    settings = connections.configure_settings({DEFAULT_DB_ALIAS: dict(IN_MEMORY)})[DEFAULT_DB_ALIAS]
    wrapper: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(
        settings, DEFAULT_DB_ALIAS
    )
    return wrapper
