"""What every test starts with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.utils import translation


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test is slowed down or stopped by the requests that another one counted."""
    cache.clear()
    caches["work"].clear()
    yield


# A busy machine is no fault of the code: hypothesis looks for wrong answers, not for slow ones.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """Every test begins in the language of the screen, whatever the page of another test was read in."""
    translation.activate(settings.LANGUAGE_CODE)
    yield


@pytest.fixture(autouse=True)
def nothing_kept(settings: Any, tmp_path: Path) -> None:
    """No test reads what another one kept."""
    settings.KEPT_ROOT = tmp_path / "kept"
    settings.DOSSIER_ROOT = tmp_path / "dossiers"
