"""What goes out comes back in without a change, whatever it is."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.models import GoodsKind, Maker
from lumbung.makers.tests.factories import good, household, maker
from lumbung.makers.tests.sheets import HEADINGS, counts, remarks, sent, taken, xlsx
from lumbung.people.models import PersonalRead
from lumbung.people.tests.factories import person
from lumbung.places.models import Village

pytestmark = pytest.mark.django_db

NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S"), exclude_characters="\x00"),
    min_size=1,
    max_size=60,
).filter(lambda name: any(sign.isalpha() for sign in name))


def exported(client, *, whole: bool) -> bytes:
    if whole:
        return client.post(reverse("makers:whole_sheet")).getvalue()
    return client.get(reverse("makers:sheet")).getvalue()


def filled() -> None:
    """A workshop with all that can be told, a group, a paused one, one that makes nothing, one without a phone."""
    kinds = list(GoodsKind.objects.order_by("pk"))
    whole = maker(
        "=Jahit; Sahnim",
        owner=person("Sahnim, S.Pd.", phone="+6281234567890"),
        hamlet="Dusun Barat",
        house="RT 02 / 14",
        bank_name="BRI",
        bank_account="0012345678901234",
        nib="0123456789012",
        last_made_on=date(2026, 3, 4),
    )
    for each in kinds:
        good(whole, kind=each, price=3_000, weekly=700, lot=5)
    circle = maker("Beriuk", kind=MakerKind.GROUP, households=5, unnamed_households=3)
    household(circle, person("Aminah"))
    household(circle, person("Mariam"))
    good(circle)
    good(maker("Berhenti", state=MakerState.PAUSED, village=Village.objects.get(code="52.02.01.2001")))
    maker("Belum apa-apa", owner=person("Rohana", phone="", salutation=""))


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_register_comes_back_unchanged(client, troupe, by, language, whole):
    filled()
    client.force_login(troupe.officer)
    client.cookies["django_language"] = language
    content = exported(client, whole=whole)
    with translation.override(language):
        batch = sent(content, by=by)
    assert (counts(batch), remarks(batch), remarks(batch, "warning")) == ((0, 0, 4, 0), [], [])


def test_phones_go_out_only_to_who_keeps_the_entry_and_it_is_written_down(client, troupe):
    filled()
    client.force_login(troupe.regency_officer)
    assert b"PK" in exported(client, whole=True)[:2]
    read = PersonalRead.objects.get()
    assert (read.reader, read.fields) == (troupe.regency_officer.key, "phone, house, bank_account")
    here = Maker.objects.filter(village__code__startswith="52.03")
    assert set(read.persons.all()) == {each.owner for each in here}
    client.force_login(troupe.auditor)
    assert client.post(reverse("makers:whole_sheet")).status_code == 403


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=NAMES,
    owner=NAMES,
    price=st.integers(1, 10**11),
    capacity=st.integers(1, 10**7),
    lot=st.integers(1, 50),
    hamlet=st.one_of(st.just(""), NAMES),
)
def test_any_maker_comes_in_and_then_stays_the_same(
    client, troupe, by, name, owner, price, capacity, lot, hamlet
):
    Maker.objects.all().update(nib="")
    row = [name, owner, "", "Mamben Lauk", "Wanasaba", "Masker kain", price, capacity, lot, hamlet]
    content = xlsx(row, headings=[*HEADINGS, "Dusun"])
    first = sent(content, by=by)
    assert first.rows_left_out == 0, remarks(first)
    if first.makers_taken:
        taken(content, by=by)
    assert counts(sent(content, by=by)) == (0, 0, 1, 0)
    client.force_login(troupe.officer)
    again = sent(exported(client, whole=True), by=by)
    assert (again.makers_taken, again.rows_left_out) == (0, 0), remarks(again)


def test_the_empty_template_asks_for_rows_and_its_examples_come_in(client, troupe, by):
    client.force_login(troupe.officer)
    content = client.get(reverse("makers:import_template")).getvalue()
    response = client.post(reverse("makers:imports"), {"file": _upload(content)})
    assert response.status_code == 302
    from foundation.sheets import open_grids

    grids = open_grids(_upload(content))
    assert [grid.name for grid in grids] == ["Makers", "Example", "Explanation"]
    batch = taken(xlsx(*grids[1].rows[1:], headings=grids[1].rows[0]), by=by)
    assert (counts(batch), remarks(batch), remarks(batch, "warning")) == ((2, 0, 0, 0), [], [])


def _upload(content: bytes):
    from io import BytesIO

    file = BytesIO(content)
    file.name = "contoh.xlsx"
    return file
