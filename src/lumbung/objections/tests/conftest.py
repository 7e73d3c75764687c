import pytest
from django.test import Client

from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast, cast


@pytest.fixture
def people() -> Cast:
    make.village()
    return cast()


@pytest.fixture
def officer(people: Cast) -> Client:
    """The browser of an officer who is signed in."""
    return office.signed_in(people.officer)
