import pytest
from django.utils import translation

from lumbung.makers.choices import Unit
from lumbung.makers.tests.factories import kind, village
from lumbung.organisations.tests.factories import cast
from lumbung.places.models import District, Regency


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    settings.FILES_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def troupe():
    """People of every role, two villages of Lombok Timur, one elsewhere, two kinds of goods."""
    village()
    village("52.03.14.2003", "Wanasaba")
    village("52.02.01.2001", "Kuta")
    District.objects.filter(code="52.03.14").update(name="Wanasaba")
    District.objects.filter(code="52.02.01").update(name="Pujut")
    Regency.objects.filter(code="52.03").update(name="Kabupaten Lombok Timur", short_name="Lombok Timur")
    Regency.objects.filter(code="52.02").update(name="Kabupaten Lombok Tengah", short_name="Lombok Tengah")
    kind()
    kind("kain-tenun", "Kain tenun", unit=Unit.SHEET)
    return cast()


@pytest.fixture
def by(troupe):
    """The officer, as records name them."""
    return troupe.officer.key
