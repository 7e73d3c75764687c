from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(settings) -> Iterator[None]:
    """Rules and pages speak English here; that the words are translated is checked elsewhere."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
