from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Path) -> None:
    """Photos of these tests lie in a folder of their own."""
    settings.FILES_ROOT = tmp_path
