"""Taken in once, taken in again, taken back."""

import gc

import pytest

from foundation.errors import Refused
from lumbung.makers import actions
from lumbung.makers.choices import ImportState
from lumbung.makers.models import DuplicateReview, Good, Household, Maker
from lumbung.makers.queries import kept_in
from lumbung.makers.tests.factories import good, group, household, kind, maker
from lumbung.makers.tests.sheets import FINE, HEADINGS, counts, remarks, sent, taken, with_cells, xlsx
from lumbung.organisations.models import Membership, Party
from lumbung.people.actions import note_personal_reads
from lumbung.people.models import Person
from lumbung.people.tests.factories import person
from lumbung.places.models import Village
from lumbung.records.actions import read_content
from lumbung.records.models import Record
from lumbung.records.queries import faults

pytestmark = pytest.mark.django_db
NUMBERED = ["Nomor pelaku", *HEADINGS]


def world() -> list[list[tuple]]:
    """Every row that a file may touch."""
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Maker, Good, Household, Person, Party, Membership)
    ]


def test_the_same_file_twice_changes_nothing(by):
    content = xlsx(FINE, with_cells(name="Bayan", owner="Rohana", phone=""))
    assert counts(taken(content, by=by)) == (2, 0, 0, 0)
    before = world()
    again = sent(content, by=by)
    assert counts(again) == (0, 0, 2, 0)
    with pytest.raises(Refused, match="brings nothing new"):
        actions.take_import(batch=again, by=by)
    assert world() == before


def test_pressing_twice_takes_in_once(by):
    batch = taken(xlsx(FINE), by=by)
    assert actions.take_import(batch=batch, by=by).state == ImportState.TAKEN
    assert Maker.objects.count() == 1


def test_other_values_are_shown_before_and_after_and_then_written(by):
    taken(xlsx(FINE), by=by)
    batch = sent(
        xlsx([*with_cells(price=3_500, capacity=""), "RT 03 / 9"], headings=[*HEADINGS, "RT/RW"]), by=by
    )
    assert counts(batch) == (0, 1, 0, 0)
    assert batch.makers.get().changes == [
        ["house", "", "RT 03 / 9"],
        ["good:masker-kain", [3000, 1250, 10, ""], [3500, 1250, 10]],
    ]
    actions.take_import(batch=batch, by=by)
    assert Good.objects.values_list("price_rupiah", "weekly_capacity").get() == (3_500, 1_250)
    assert Maker.objects.get().house == "RT 03 / 9"


def test_an_empty_cell_changes_nothing(by):
    known = maker(
        "Jahit Sahnim", owner=person("Sahnim", phone="+6281234567890"), house="RT 1", hamlet="Barat"
    )
    good(known, price=3_000, weekly=1_250, lot=10)
    row = [f"PLK-{known.pk}", *with_cells(owner="", phone="", village="", district="", lot="")]
    assert counts(sent(xlsx([*row, "", "-"], headings=[*NUMBERED, "RT/RW", "Dusun"]), by=by)) == (0, 0, 1, 0)


def test_by_its_number_a_maker_gets_another_name_place_and_phone(by):
    known = maker("Jahit Sahnim", owner=person("Sahnim"))
    row = with_cells(name="Jahit Sahnim Jaya", village="Kuta", district="Pujut", phone="0812 0000 0009")
    taken(xlsx([f"PLK-{known.pk}", *row], headings=NUMBERED), by=by)
    known = Maker.objects.select_related("party", "owner").get()
    assert (known.party.name, known.village_id, known.owner.phone) == (
        "Jahit Sahnim Jaya",
        "52.02.01.2001",
        "+6281200000009",
    )
    assert (known.sort_name, "kuta" in known.search_text) == ("jahit sahnim jaya", True)


def test_who_signs_in_keeps_the_phone(by):
    known = maker("Jahit Sahnim", owner=person("Sahnim", account=True))
    phone = known.owner.phone
    batch = sent(xlsx([f"PLK-{known.pk}", *FINE], headings=NUMBERED), by=by)
    assert ("D2", "The owner signs in with a phone number: an import does not change it.") in remarks(
        batch, "warning"
    )
    actions.take_import(batch=batch, by=by)
    known.owner.refresh_from_db()
    assert known.owner.phone == phone


def test_when_the_register_changed_meanwhile_the_new_preview_comes_first(by):
    taken(xlsx(FINE), by=by)
    batch = sent(xlsx(with_cells(price=3_500)), by=by)
    actions.set_good(
        maker=Maker.objects.get(),
        kind=kind(),
        price_rupiah=3_300,
        weekly_capacity=1_250,
        minimum_lot=10,
        by=by,
    )
    with pytest.raises(Refused, match="has changed since this preview"):
        actions.take_import(batch=batch, by=by)
    assert Good.objects.get().price_rupiah == 3_300
    assert batch.makers.get().changes[0][1] == [3300, 1250, 10, ""]
    batch.refresh_from_db()
    actions.take_import(batch=batch, by=by)
    assert Good.objects.get().price_rupiah == 3_500


def test_one_record_tells_of_a_file_and_nothing_of_it_in_clear(by):
    batch = taken(xlsx(FINE, with_cells(price="?")), by=by)
    record = Record.objects.get(subject=batch.key, deed="makers.file_taken_in")
    told = read_content(record)
    assert {name: told[name] for name in ("new", "changed", "rows", "left_out", "file")} == {
        "new": 1,
        "changed": 0,
        "rows": 2,
        "left_out": 1,
        "file": batch.file_hash,
    }
    assert "Sahnim" not in "".join(Record.objects.values_list("content", flat=True))
    assert list(faults()) == []


# Taking back


def test_a_file_taken_back_leaves_the_register_as_it_was(by):
    known = maker("Lama", owner=person("Lama", phone="+6281200000001"), house="RT 1")
    good(known, price=1_000)
    circle = group("Beriuk", owner=person("Rohani"))
    household(circle, person("Aminah"))
    Maker.objects.filter(pk=circle.pk).update(households=1)
    before = world()
    headings = [*NUMBERED, "RT/RW", "Jumlah rumah", "Anggota"]
    rows = [
        ["", *FINE, "", "", ""],
        [f"PLK-{known.pk}", *with_cells(name="Baru", owner="", phone="0812 0000 0002"), "RT 9", "", ""],
        [f"PLK-{circle.pk}", "", "", "", "Kuta", "Pujut", "", "", "", "", "", 4, "Aminah; Mariam"],
    ]
    batch = taken(xlsx(*rows, headings=headings), by=by)
    assert counts(batch) == (1, 2, 0, 0)
    circle.refresh_from_db()
    assert (circle.households, circle.village_id) == (4, "52.02.01.2001")
    assert world() != before
    batch = actions.undo_import(batch=batch, by=by)
    assert world() == before
    assert (batch.state, batch.undone_makers, kept_in(batch).count()) == (ImportState.UNDONE, 3, 0)
    assert list(faults()) == []


def test_what_something_hangs_on_stays_and_it_is_said_why(by):
    batch = taken(xlsx(FINE, with_cells(name="Bayan", owner="Rohana", phone="")), by=by)
    first, second = Maker.objects.order_by("pk")
    other = maker("Lain", owner=first.owner)
    DuplicateReview.objects.create(first=first, second=other, reason="dilihat", reviewed_by=by)
    actions.undo_import(batch=batch, by=by)
    assert set(Maker.objects.all()) == {first, other}
    assert [row.kept_because for row in kept_in(batch)] == ["Something hangs on it: review of duplicates."]
    assert not Person.objects.filter(pk=second.owner_id).exists()


def test_a_person_whose_phone_was_read_stays_so_that_the_trail_stays(by):
    batch = taken(xlsx(FINE), by=by)
    owner = Maker.objects.get().owner
    note_personal_reads(reader=by, page="/", fields="phone", persons=[owner.pk])
    actions.undo_import(batch=batch, by=by)
    assert (Maker.objects.count(), Person.objects.filter(pk=owner.pk).count()) == (0, 1)


def test_what_was_changed_by_hand_since_stays(by):
    known = maker("Lama")
    good(known, price=1_000)
    batch = taken(xlsx(["", *FINE], [f"PLK-{known.pk}", *with_cells(name="Lama")], headings=NUMBERED), by=by)
    new = Maker.objects.get(party__name="Jahit Sahnim")
    actions.pause_maker(maker=new, reason="sakit", by=by)
    actions.set_good(maker=known, kind=kind(), price_rupiah=9, weekly_capacity=9, minimum_lot=9, by=by)
    actions.undo_import(batch=batch, by=by)
    assert Good.objects.get(maker=known).price_rupiah == 9
    assert [row.kept_because for row in kept_in(batch)] == [
        "It was changed since, by hand or by another file.",
        "1 value was changed since: it stays.",
    ]
    assert Maker.objects.filter(pk=new.pk).exists()


def test_a_later_file_keeps_what_an_earlier_one_brought(by):
    first = taken(xlsx(FINE), by=by)
    taken(xlsx(with_cells(price=9_000)), by=by)
    actions.undo_import(batch=first, by=by)
    assert Good.objects.get().price_rupiah == 9_000
    assert kept_in(first).count() == 1


def test_only_what_was_taken_in_is_taken_back_and_once(by):
    batch = sent(xlsx(FINE), by=by)
    with pytest.raises(Refused, match="was not taken in"):
        actions.undo_import(batch=batch, by=by)
    batch = actions.take_import(batch=batch, by=by)
    with pytest.raises(Refused, match="was taken in: its rows stay"):
        actions.drop_import(batch=batch, by=by)
    actions.undo_import(batch=batch, by=by)
    records = Record.objects.count()
    assert actions.undo_import(batch=batch, by=by).state == ImportState.UNDONE
    assert Record.objects.count() == records
    with pytest.raises(Refused, match="dropped or taken back"):
        actions.take_import(batch=batch, by=by)


def test_a_dropped_file_leaves_nothing_behind(by, settings):
    batch = sent(xlsx(with_cells(price="lima")), by=by)
    actions.drop_import(batch=batch, by=by)
    batch.refresh_from_db()
    assert (batch.state, batch.attachment, batch.remarks.count()) == (ImportState.DROPPED, None, 0)


# Regencies


def test_a_regency_officer_takes_in_the_own_regency_only(troupe):
    by = troupe.regency_officer.key
    far = maker("Jauh", village=Village.objects.get(code="52.02.01.2001"))
    rows = [
        ["", *FINE],
        ["", *with_cells(name="Lain", phone="", village="Kuta", district="Pujut")],
        [f"PLK-{far.pk}", *with_cells(name="Lain lagi", phone="")],
    ]
    batch = taken(xlsx(*rows, headings=NUMBERED), by=by)
    assert remarks(batch) == [
        ("E3", "This village lies outside your regency."),
        ("A4", "No maker among those you keep has this number."),
    ]
    assert counts(batch) == (1, 0, 0, 2)


def test_who_lost_the_role_takes_in_nothing(troupe):
    batch = sent(xlsx(FINE), by=troupe.regency_officer.key)
    troupe.regency_officer.memberships.all().delete()
    with pytest.raises(Refused, match="has changed since this preview"):
        actions.take_import(batch=batch, by=troupe.regency_officer.key)
    assert Maker.objects.count() == 0


def test_the_number_of_statements_does_not_grow_with_the_rows(by, django_assert_max_num_queries):
    for many in (1, 60):
        rows = [
            with_cells(name=f"Usaha {many} {n}", owner=f"Orang {many} {n}", phone="") for n in range(many)
        ]
        batch = sent(xlsx(*rows), by=by)
        with django_assert_max_num_queries(60):
            actions.take_import(batch=batch, by=by)


def test_a_file_that_is_refused_leaves_the_machine_as_it_was(by):
    assert gc.isenabled()
    with pytest.raises(Refused):
        sent(xlsx(), by=by)
    assert gc.isenabled()
