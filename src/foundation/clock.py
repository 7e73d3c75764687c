"""The one place that tells the time, so that a simulation or a test can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set.get() or timezone.now()


def today() -> date:
    """The present day at the place, by its own time."""
    return timezone.localdate(now())


def day_of(moment: datetime) -> date:
    """The day at the place on which a moment falls."""
    return timezone.localdate(moment)


def start_of(day: date) -> datetime:
    """The moment a day begins at the place."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The moment a day ends at the place: a due date lasts until local midnight."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` within the block."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
