"""A file of makers is not taken back from under a certificate."""

import pytest

from lumbung.certification.tests.factories import certificate
from lumbung.makers import actions
from lumbung.makers.models import Good, Maker
from lumbung.makers.queries import kept_in
from lumbung.makers.tests.factories import kind, village
from lumbung.makers.tests.sheets import FINE, taken, with_cells, xlsx
from lumbung.organisations.tests.factories import cast

pytestmark = pytest.mark.django_db


def test_makers_with_a_certificate_stay_when_their_file_is_taken_back(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    village(), kind()
    by = cast().officer.key
    rows = [
        FINE,
        with_cells(name="Bayan", owner="Rohana", phone=""),
        with_cells(name="Lain", owner="Lia", phone=""),
    ]
    batch = taken(xlsx(*([*row[:4], "", *row[5:]] for row in rows)), by=by)
    certificate(Good.objects.get(maker__party__name="Jahit Sahnim"))
    certificate(Maker.objects.get(party__name="Bayan").owner)
    actions.undo_import(batch=batch, by=by)
    names = sorted(maker.party.name for maker in Maker.objects.select_related("party"))
    assert names == ["Bayan", "Jahit Sahnim"]
    assert all("sertifikat" in row.kept_because for row in kept_in(batch))
