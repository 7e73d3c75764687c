import pytest


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    """No test leaves a letter behind."""
    settings.FILES_ROOT = tmp_path / "files"
