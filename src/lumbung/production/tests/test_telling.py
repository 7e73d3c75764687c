"""What the list of records says of production, with names and numbers."""

import pytest

from foundation.errors import Refused
from lumbung.orders.models import Share
from lumbung.production.actions import correct_made
from lumbung.production.actions.standards import drop_standard
from lumbung.production.tests import factories as make
from lumbung.records.queries import called, records_about, told

pytestmark = pytest.mark.django_db


def sentences(share: Share) -> list[str]:
    return [one.sentence.replace("\xa0", " ") for one in reversed(told(records_about(share.key)))]


def test_a_share_is_told_from_its_sheet_to_its_last_piece() -> None:
    share = make.started(100, maker=make.group("Kelompok Tenun"))
    part = make.passed(share, share.maker.houses.order_by("pk")[0], 30)
    entry = make.told(share, 12, part=part)
    correct_made(entry=entry, quantity=10, entry_key="k", by=make.LINK)
    with pytest.raises(Refused):
        make.told(share, 101)
    said = sentences(share)
    assert said[0] == "Kelompok Tenun, Mamben Daya will make it by version 1 of the standard."
    assert said[1] == "Kelompok Tenun, Mamben Daya passes 30 to Anggota 1, Rp3,000 for a piece."
    assert said[2] == "Anggota 1 agrees to make 30."
    assert said[3].startswith("Kelompok Tenun, Mamben Daya, Anggota 1 made 12 on ") and said[3].endswith(
        "12 of 100 are made."
    )
    assert said[4].endswith("10 of 100 are made.")
    assert said[5] == "Kelompok Tenun, Mamben Daya told 101 more, although 10 of 100 are made: refused."


def test_a_standard_is_told_on_the_orders_page_and_called_by_its_order() -> None:
    line = make.line()
    standard = make.standard(line)
    drop_standard(standard=make.draft(line, photo=False), by=make.WRITER)
    said = [one.sentence for one in told(records_about(line.order.key)) if "standard" in one.sentence]
    assert said == [
        "Version 2 of the standard dropped.",
        "Version 2 of the standard written.",
        "Version 1 of the standard approved.",
        "Version 1 of the standard written.",
    ]
    assert called(standard.key) == f"{line.order.code}, Cloth mask, 1 ({standard.key})"
    assert called(standard.sample_key).startswith("golden sample, ")
