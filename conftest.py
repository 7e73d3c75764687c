"""What every test starts with."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test is slowed down or stopped by the requests that another one counted."""
    cache.clear()
    yield
