from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from foundation import clock
from foundation.errors import Refused
from foundation.formats import NO_BREAK
from lumbung.lots import actions
from lumbung.lots.actions import MadeBy, Piece, Use
from lumbung.lots.choices import LotState, MaterialUnit, MovementKind, StoreKind
from lumbung.lots.models import Entry, Holding, Lot, LotUse, MaterialKind, Movement
from lumbung.lots.queries.holdings import reconciliation, stock_at, where_is
from lumbung.lots.queries.kinds import loss_rate, norm_of
from lumbung.lots.queries.lots import lot_by_code
from lumbung.lots.queries.movements import sum_of
from lumbung.lots.tests.factories import BY, lot, material, norm, stocked, store
from lumbung.makers.choices import MakerState
from lumbung.makers.tests.factories import group, household, kind, maker, village
from lumbung.people.tests.factories import person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cloth():
    return material()


@pytest.fixture
def tailor():
    return maker("Jahit Sahnim")


@pytest.fixture
def out(cloth, tailor):
    """A store, and a tailor who was handed 120 metres for a share."""
    place = stocked(cloth)
    actions.hand_out(material=cloth, quantity=120_000, store=place, maker=tailor, subject="share:7", by=BY)
    return place


def told(entry) -> tuple[str, int, str, str]:
    row = entry.movements.get()
    return row.kind, row.quantity, row.from_holder, row.to_holder


def refused(deed, **given) -> str:
    before = (Movement.objects.count(), Record.objects.count())
    with pytest.raises(Refused) as caught:
        deed(**given, by=BY)
    assert (Movement.objects.count(), Record.objects.count()) == before
    return caught.value.sentence.replace(NO_BREAK, " ")


def test_what_comes_in_lies_in_the_store(cloth):
    place = store()
    entry = actions.receive(material=cloth, quantity=500_000, store=place, origin="Toko Contoh", by=BY)
    assert told(entry) == ("received", 500_000, "", place.key)
    assert [row.quantity for row in stock_at(place.key)] == [500_000]
    assert Record.objects.get().subject == place.key


def test_material_kept_apart_by_lot_becomes_a_lot_that_says_where_it_comes_from():
    silk = material("Benang sutra", tracks_lots=True)
    actions.receive(material=silk, quantity=5_000, store=store(), origin="Toko Contoh, nota 12", by=BY)
    found = Lot.objects.get()
    assert (found.material, found.quantity, found.origin) == (silk, 5_000, "Toko Contoh, nota 12")


def test_handed_out_is_used_returned_lost_and_open(cloth, tailor, out):
    given = {"material": cloth, "maker": tailor, "subject": "share:7"}
    actions.tell_used(**given, quantity=100_000, by=BY)
    actions.tell_lost(what=cloth, quantity=1_000, holder=tailor.key, subject="share:7", by=BY)
    actions.take_back(**given, quantity=15_000, store=out, by=BY)
    account = reconciliation(["share:7"])[0]
    sums = account.sums
    assert (sums.handed_out, sums.used, sums.returned, sums.lost, sums.open) == (
        120_000,
        100_000,
        15_000,
        1_000,
        4_000,
    )
    assert account.is_within
    assert [row.quantity for row in stock_at(out.key)] == [895_000]


def test_each_subject_has_its_own_account(cloth, tailor, out):
    actions.hand_out(material=cloth, quantity=50_000, store=out, maker=tailor, subject="share:8", by=BY)
    given = {"material": cloth, "maker": tailor, "subject": "share:8", "quantity": 60_000}
    assert refused(actions.tell_used, **given) == "Only 50 m is still open here. You wrote 60 m."


def test_nobody_hands_out_what_is_not_there(cloth, tailor, out):
    given = {"material": cloth, "store": out, "maker": tailor, "subject": "share:7"}
    sentence = refused(actions.hand_out, **given, quantity=880_001)
    assert sentence == f"{out.name} has 880 m of it, not 880.001 m."
    assert refused(actions.hand_out, **given, quantity=0) == "Write an amount above zero."


def test_a_closed_workshop_gets_no_material(cloth, out):
    closed = maker("Tutup", state=MakerState.CLOSED)
    given = {"material": cloth, "store": out, "maker": closed, "quantity": 1}
    assert refused(actions.hand_out, **given) == "Tutup is not active in the register."


def test_a_loss_above_what_is_stated_needs_a_reason(cloth, tailor, out):
    actions.tell_used(material=cloth, quantity=90_000, maker=tailor, subject="share:7", by=BY)
    given = {"what": cloth, "holder": tailor.key, "subject": "share:7"}
    actions.tell_lost(**given, quantity=1_800, by=BY)
    sentence = refused(actions.tell_lost, **given, quantity=5_000)
    assert sentence == "That is 5.67% lost, above the 2% that is stated. Write the reason."
    actions.tell_lost(**given, quantity=5_000, reason="Atap bocor", by=BY)
    account = reconciliation(["share:7"])[0]
    assert (account.sums.lost, account.holding.excess_bp, account.is_within) == (6_800, 367, False)


def test_a_loss_may_be_told_before_what_was_used(cloth, tailor, out):
    actions.tell_lost(what=cloth, quantity=2_400, holder=tailor.key, subject="share:7", by=BY)
    assert reconciliation(["share:7"])[0].is_within
    back = {"material": cloth, "maker": tailor, "subject": "share:7", "store": out}
    actions.take_back(**back, quantity=60_000, by=BY)
    assert not reconciliation(["share:7"])[0].is_within


def test_what_is_lost_in_a_store_always_needs_a_reason(cloth, out):
    assert "Write the reason" in refused(actions.tell_lost, what=cloth, quantity=1, holder=out.key)


def test_the_stated_loss_of_the_day_counts(cloth):
    tomorrow = clock.today() + timedelta(days=1)
    actions.set_loss_rate(material=cloth, rate_bp=900, basis="uji kedua", valid_from=tomorrow, by=BY)
    assert (loss_rate(cloth, clock.today()), loss_rate(cloth, tomorrow)) == (200, 900)


def test_what_is_sent_twice_is_done_once(cloth, tailor, out):
    given = {"material": cloth, "quantity": 10_000, "maker": tailor, "subject": "share:7"}
    first = actions.tell_used(**given, entry_key="phone-1", by=BY)
    assert actions.tell_used(**given, entry_key="phone-1", by=BY) == first
    actions.tell_used(**given, entry_key="phone-2", by=BY)
    lost = {
        "what": cloth,
        "quantity": 100,
        "holder": tailor.key,
        "subject": "share:7",
        "entry_key": "phone-3",
    }
    assert actions.tell_lost(**lost, by=BY) == actions.tell_lost(**lost, by=BY)
    bought = {"material": cloth, "quantity": 5, "store": out, "entry_key": "phone-4"}
    assert actions.receive(**bought, by=BY) == actions.receive(**bought, by=BY)
    assert reconciliation(["share:7"])[0].sums.used == 20_000
    made = {"goods": kind(), "quantity": 3, "made_by": [MadeBy(tailor, 3)], "made_from": clock.today()}
    assert actions.make_lot(**made, entry_key="p5", by=BY) == actions.make_lot(**made, entry_key="p5", by=BY)


def test_nothing_is_told_before_it_happens(cloth, out):
    given = {"material": cloth, "quantity": 1, "store": out, "at": clock.now() + timedelta(hours=1)}
    assert refused(actions.receive, **given) == "This is written down after it has happened, not before."


def test_a_wrong_amount_stays_and_is_taken_back_beside_it(cloth, tailor, out):
    wrong = actions.tell_used(material=cloth, quantity=100_000, maker=tailor, subject="share:7", by=BY)
    actions.correct_entry(entry=wrong, quantity=10_000, reason="Salah ketik satu nol", by=BY)
    rows = Movement.objects.filter(kind=MovementKind.USED).order_by("pk").values_list("quantity", flat=True)
    assert list(rows) == [100_000, -100_000, 10_000]
    assert reconciliation(["share:7"])[0].sums.used == 10_000
    again = refused(actions.correct_entry, entry=wrong, reason="Sekali lagi")
    assert again == "This was corrected already."
    back = wrong.corrected_by
    assert "is itself a correction" in refused(actions.correct_entry, entry=back, reason="x")
    assert "Write what was wrong" in refused(actions.correct_entry, entry=Entry.objects.last(), reason=" ")


def test_a_correction_sent_twice_is_one(cloth, tailor, out):
    wrong = actions.tell_used(material=cloth, quantity=5, maker=tailor, subject="share:7", by=BY)
    given = {"entry": wrong, "reason": "Salah", "entry_key": "phone-9"}
    assert actions.correct_entry(**given, by=BY) == actions.correct_entry(**given, by=BY)


def test_what_was_passed_on_since_is_not_taken_back(cloth, tailor, out):
    handed = Entry.objects.get(movements__kind=MovementKind.HANDED_OUT)
    actions.tell_used(material=cloth, quantity=100_000, maker=tailor, subject="share:7", by=BY)
    sentence = refused(actions.correct_movement, movement=handed.movements.get(), reason="Salah orang")
    assert sentence == (
        "Of the 120 m only 20 m is still with Jahit Sahnim, Mamben Lauk. Correct first what was written down later."
    )


def test_a_store_is_counted_anew_with_a_reason(cloth, out):
    given = {"what": cloth, "store": out}
    assert "Write who counted" in refused(actions.adjust, **given, counted=1, reason=" ")
    actions.adjust(**given, counted=879_500, reason="Dihitung Rohani", by=BY)
    assert actions.adjust(**given, counted=879_500, reason="Dihitung lagi", by=BY) is None
    actions.adjust(**given, counted=879_900, reason="Satu gulung di bawah meja", by=BY)
    assert [row.quantity for row in stock_at(out.key)] == [879_900]


def test_material_goes_between_stores_but_not_between_makers(cloth, tailor, out):
    other = store("Gudang Bima")
    given = {"what": cloth, "quantity": 100, "from_holder": out.key}
    actions.move(**given, to_holder=other.key, by=BY)
    assert [row.quantity for row in stock_at(other.key)] == [100]
    assert "handing it out" in refused(actions.move, **given, to_holder=maker().key)


# Cutting


@pytest.fixture
def cut_pieces(cloth):
    found = material("Potongan masker", unit=MaterialUnit.PIECE)
    norm(cloth, product=found.key)
    return found


def test_cloth_in_is_pieces_offcuts_and_loss(cloth, cut_pieces):
    place = stocked(cloth, cuts=True)
    entry = actions.cut(
        material=cloth, taken=125_000, pieces=[Piece(cut_pieces, 1_000)], offcuts=4_000, store=place, by=BY
    )
    rows = list(entry.movements.order_by("pk").values_list("kind", "quantity"))
    assert rows == [("cut", 120_000), ("offcut", 4_000), ("lost", 1_000), ("made", 1_000)]
    assert {row.material.name: row.quantity for row in stock_at(place.key)} == {
        "Kain katun": 875_000,
        "Potongan masker": 1_000,
    }


def test_a_cutting_that_does_not_balance_is_refused(cloth, cut_pieces):
    given = {"material": cloth, "pieces": [Piece(cut_pieces, 1_000)], "store": stocked(cloth)}
    more = refused(actions.cut, **given, taken=120_000, offcuts=500)
    assert more == "Pieces and offcuts hold 0.5 m more than was taken. Please count again."
    lost = refused(actions.cut, **given, taken=130_000, offcuts=0)
    assert lost == "That is 7.7% lost, above the 2% that is stated. Write the reason."
    other = [Piece(material("Tali"), 5)]
    assert "No norm says how much" in refused(actions.cut, **given | {"pieces": other}, taken=1, offcuts=0)
    assert "how many pieces" in refused(actions.cut, **given | {"pieces": []}, taken=1, offcuts=0)


def test_cut_pieces_kept_apart_by_lot_remember_their_cloth(cloth):
    roll = material("Kain tenun", tracks_lots=True)
    part = material("Potongan tenun", tracks_lots=True, unit=MaterialUnit.PIECE)
    norm(roll, product=part.key, per_thousand=500_000)
    place = stocked(roll, 1_000_000)
    bought = Lot.objects.get()
    actions.cut(
        material=roll, taken=50_000, pieces=[Piece(part, 100)], offcuts=0, store=place, lot=bought, by=BY
    )
    use = LotUse.objects.get()
    assert (use.parent, use.lot.material, use.quantity) == (bought, part, 50_000)


# Lots


def test_a_lot_says_who_made_how_much_and_lies_with_them(tailor):
    circle = group("Beriuk")
    houses = [household(circle, person(name)) for name in ("Aminah", "Rohana")]
    parts = [MadeBy(circle, 60, houses[0]), MadeBy(circle, 40, houses[1])]
    made = lot(circle, 100, made_by=parts, subject="share:9")
    assert [(row.household, row.quantity) for row in made.made_by.order_by("pk")] == [
        (houses[0], 60),
        (houses[1], 40),
    ]
    assert [(one.holder, one.quantity) for one in where_is([made.pk])] == [(circle.key, 100)]
    assert lot_by_code(f"{made.shown}") == made


def test_the_parts_of_a_lot_are_the_lot(tailor):
    given = {"goods": kind(), "made_from": clock.today(), "quantity": 100}
    assert "together, and the lot has 100" in refused(actions.make_lot, **given, made_by=[MadeBy(tailor, 99)])
    assert refused(actions.make_lot, **given, made_by=[]) == "Say who made it."
    late = given | {"made_from": clock.today() + timedelta(days=1)}
    assert "not before" in refused(actions.make_lot, **late, made_by=[MadeBy(tailor, 100)])


def test_a_lot_uses_up_its_material(cloth, tailor, out):
    lot(tailor, 500, subject="share:7", uses=[Use(60_000, material=cloth)])
    assert reconciliation(["share:7"])[0].sums.used == 60_000


def test_codes_follow_each_other_and_check_themselves():
    year = f"{clock.today().year % 100:02d}"
    assert [lot().code[:8] for _ in range(3)] == [f"{year}00000{number}" for number in (1, 2, 3)]


def test_lots_are_poured_together_to_the_last_bottle():
    oil = kind("minyak", "Minyak")
    place = store()
    parts = [lot(maker(), 70, goods=oil, holder=place.key), lot(maker(), 80, goods=oil, holder=place.key)]
    whole = actions.join_lots(
        parts=[Use(70, parts[0]), Use(80, parts[1])], holder=place.key, lost=1, reason="Tumpah", by=BY
    )
    assert whole.quantity == 149
    assert [(one.holder, one.quantity) for one in where_is([whole.pk])] == [(place.key, 149)]
    assert where_is([part.pk for part in parts]) == []
    mixed = [Use(1, lot(holder=place.key)), Use(1, whole)]
    assert "same kind" in refused(actions.join_lots, parts=mixed, holder=place.key)
    assert "at least two" in refused(actions.join_lots, parts=[Use(1, whole)], holder=place.key)


def test_a_held_lot_goes_back_but_not_out():
    place, made = store(), lot()
    who = made.made_by.get().maker.key
    actions.hold_lot(lot=made, reason="Bau tengik", by=BY)
    given = {"lot": made, "quantity": 5, "from_holder": who}
    assert refused(actions.deliver_lot, **given, to_holder="party:3") == "This lot is held back: Bau tengik"
    actions.move_lot(**given, to_holder=place.key, by=BY)
    assert refused(actions.hold_lot, lot=made, reason="x") == "This lot is held back already."


def test_a_lot_is_released_by_somebody_else():
    made = lot(held_because="Belum diperiksa")
    assert "Somebody else releases it" in refused(actions.release_lot, lot=made)
    actions.release_lot(lot=made, by="person:2")
    made.refresh_from_db()
    assert (made.state, made.decided_by) == (LotState.RELEASED, "person:2")


def test_a_recall_stops_every_lot_of_it():
    first, second = lot(), lot()
    recall = actions.recall_lots(lots=[first, second], reason="Bau tengik", advice="Kembalikan.", by=BY)
    assert recall.code == f"TRK-{clock.today().year}-0001"
    assert set(recall.lots.values_list("state", flat=True)) == {"recalled"}
    who = first.made_by.get().maker.key
    given = {"lot": first, "quantity": 5, "from_holder": who, "to_holder": "party:3"}
    assert "recalled" in refused(actions.deliver_lot, **given)
    first.refresh_from_db()
    assert "not released again" in refused(actions.release_lot, lot=first)
    again = {"lots": [first], "reason": "x", "advice": "y"}
    assert "recalled already" in refused(actions.recall_lots, **again)
    assert "Write the reason" in refused(actions.recall_lots, **again | {"lots": [lot()], "reason": ""})


def test_a_lot_written_down_by_mistake_is_struck_out(tailor):
    made = lot(tailor, subject="share:7")
    entry = Entry.objects.get(movements__lot=made)
    assert "take it back as a whole" in refused(
        actions.correct_entry, entry=entry, quantity=5, reason="Salah"
    )
    actions.correct_entry(entry=entry, reason="Salah orang", by=BY)
    made.refresh_from_db()
    assert (made.state, made.state_reason) == (LotState.VOIDED, "Salah orang")
    assert where_is([made.pk]) == []


# What the database holds, whoever writes


def test_the_database_refuses_an_account_that_does_not_add_up(cloth, out):
    rows = Holding.objects.filter(holder=out.key)
    for change in ({"quantity": -1, "taken": 119_999}, {"quantity": 5}, {"lost": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_every_account_is_the_sum_of_its_movements(cloth, tailor, out):
    actions.tell_used(material=cloth, quantity=5, maker=tailor, subject="share:7", by=BY)
    lot(tailor, 7, subject="share:7")
    assert [sum_of(row) - row.quantity for row in Holding.objects.all()] == [0, 0, 0]


# Lists


def test_a_norm_counts_from_its_day_and_the_particular_one_first(cloth):
    old = {"material": cloth, "basis": "uji potong"}
    actions.set_norm(**old, product="goods:masker-kain", per_thousand=120_000, by=BY)
    actions.set_norm(**old, product="line:3", per_thousand=118_000, by=BY)
    later = clock.today() + timedelta(days=9)
    actions.set_norm(**old, product="line:3", per_thousand=110_000, valid_from=later, by=BY)
    products = ["line:3", "goods:masker-kain"]
    assert norm_of(cloth.pk, products, clock.today()) == 118_000
    assert norm_of(cloth.pk, products, later) == 110_000
    assert norm_of(cloth.pk, ["line:4", "goods:masker-kain"], later) == 120_000
    assert norm_of(cloth.pk, ["line:4"], later) is None


def test_lists_take_a_name_once(cloth):
    assert "already" in refused(actions.add_material, name="kain  KATUN", unit=MaterialUnit.GRAM)
    assert refused(actions.add_material, name=" ", unit=MaterialUnit.GRAM) == "Write its name."
    actions.open_store(name="Gudang Utama", kind=StoreKind.STORE, village=village(), by=BY)
    again = {"name": "gudang utama", "kind": StoreKind.STORE, "village": village()}
    assert "already" in refused(actions.open_store, **again)
    assert MaterialKind.objects.count() == 1
