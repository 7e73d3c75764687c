from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import Cast, cast


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Rules speak English here; that the words are translated is checked elsewhere."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    """Photos of these tests lie in a folder of their own."""
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def people() -> Cast:
    orders.village()
    return cast()
