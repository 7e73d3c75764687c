import pytest
from django.utils import translation

from lumbung.makers.choices import MakerKind
from lumbung.makers.tests.factories import good, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.tests.factories import person

KUTA = ("52.02.01.2001", "Kuta")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def troupe():
    village()
    people = cast()
    people.here = maker(
        "Jahit Sahnim", owner=person("Sahnim", account=True), house="RT 02 / 14", bank_account="0123456789"
    )
    people.far = maker("Rohani", village=village(*KUTA))
    people.own = maker(party=people.group, village=village(*KUTA), kind=MakerKind.GROUP)
    for each in (people.here, people.far, people.own):
        good(each)
    people.twin = maker("Sahnim Jaya", owner=people.here.owner)
    return people


@pytest.fixture
def officer(client, troupe):
    client.force_login(troupe.officer)
    return client
