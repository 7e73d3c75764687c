import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast, cast


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def files_of_their_own(settings: LazySettings, tmp_path) -> None:
    """No test leaves a letter behind."""
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def people() -> Cast:
    make.village()
    return cast()


@pytest.fixture
def officer(people: Cast) -> Client:
    """The browser of an officer who is signed in."""
    return office.signed_in(people.officer)
