"""What every test starts with."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test is slowed down or stopped by the requests that another one counted."""
    cache.clear()
    yield


# A busy machine is no fault of the code: hypothesis looks for wrong answers, not for slow ones.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")
