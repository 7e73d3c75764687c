from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from PIL import Image

from foundation import clock
from foundation.errors import Refused
from lumbung.deliveries.actions.keeping import Photo
from lumbung.deliveries.tests import factories as brought
from lumbung.money.tests import factories as money
from lumbung.orders.tests.factories import masks, tailor
from lumbung.records.models import Record
from lumbung.records.queries import told
from lumbung.scorecards import actions, queries, receivers
from lumbung.scorecards.choices import FlagKind, Measure, ShownBy
from lumbung.scorecards.models import Flag, Shown
from lumbung.scorecards.queries import watch
from lumbung.scorecards.tests import factories as make

pytestmark = pytest.mark.django_db


def photo() -> Photo:
    file = BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, "PNG")
    file.seek(0)
    return Photo(file, "barang.png")


# The record


def test_a_record_is_added_up_from_what_was_delivered_and_inspected():
    maker = tailor()
    make.finished(maker, 100, rework=10, rejected=5)
    make.finished(maker, 50, due_in=-1)
    (row,) = queries.own_records_of(maker)
    record = row.record
    assert (record.finished, record.on_time, record.delivered) == (2, 1, 150)
    assert (record.looked, record.passed_first, record.rework_first, record.rejected) == (150, 135, 10, 5)


def test_the_office_reads_numbers_once_the_maker_has_or_after_a_week():
    maker = tailor()
    make.finished(maker)
    assert queries.office_records_of([maker]) == []
    actions.note_shown(maker=maker, through=ShownBy.LINK, by="link:1")
    assert queries.office_records_of([maker])[0].record.delivered == 100
    make.finished(maker, 40)
    assert queries.office_records_of([maker])[0].record.delivered == 100
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert queries.office_records_of([maker])[0].record.delivered == 140


def test_what_was_shown_is_kept_and_reading_it_twice_is_once():
    maker = tailor()
    make.finished(maker)
    first = actions.note_shown(maker=maker, through=ShownBy.LINK, by="link:1")
    assert first.numbers["masker-kain"]["delivered"] == 100
    assert actions.note_shown(maker=maker, through=ShownBy.LINK, by="link:1") == first
    make.finished(maker, 40)
    assert actions.note_shown(maker=maker, through=ShownBy.LINK, by="link:1") != first
    assert Shown.objects.count() == 2


def test_the_yield_feeds_on_what_the_office_may_read():
    maker = tailor()
    for _share in range(3):
        make.finished(maker, 100, rework=40)
    assert queries.yield_bp(maker, masks()) == 9_000
    actions.note_shown(maker=maker, through=ShownBy.LINK, by="link:1")
    assert queries.yield_bp(maker, masks()) == 6_000


def test_a_remark_stands_with_the_numbers_and_is_answered_once():
    maker = tailor()
    make.finished(maker, 100, rework=10)
    said = {"maker": maker, "kind": masks(), "about": Measure.REWORK, "by": "link:1"}
    remark = actions.make_remark(words="Hanya tujuh yang kembali.", **said)
    assert remark.numbers["rework_first"] == 10
    with pytest.raises(Refused, match="already"):
        actions.make_remark(words="Sekali lagi, tujuh saja.", **said)
    with pytest.raises(Refused, match="reason"):
        actions.answer_remark(remark=remark, outcome="stands", reason=" ", by="person:2")
    actions.answer_remark(remark=remark, outcome="stands", reason="Foto menunjukkan sepuluh.", by="person:2")
    with pytest.raises(Refused, match="already"):
        actions.answer_remark(remark=remark, outcome="noted", reason="Dua kali saja.", by="person:3")
    assert actions.make_remark(words="Lihat lagi fotonya.", **said).pk != remark.pk


def test_a_remark_says_something():
    maker = tailor()
    with pytest.raises(Refused, match="sentence"):
        actions.make_remark(maker=maker, kind=masks(), about=Measure.REWORK, words="Salah", by="link:1")


# The watch


def test_delivered_far_above_the_capacity_raises_one_flag_however_often_somebody_looks():
    maker = tailor(weekly=10)
    make.finished(maker, 400)
    (flag,) = actions.look_at([maker.pk], by="room:scorecards")
    assert (flag.kind, list(flag.makers.all())) == (FlagKind.ABOVE_CAPACITY, [maker])
    assert (flag.numbers["delivered"], flag.numbers["most"]) == (400, 33)
    assert actions.look_at([maker.pk], by="room:scorecards") == []
    actions.decide_flag(flag=flag, decision="nothing", reason="Stok lama, dilihat di tempat.", by="person:2")
    assert actions.look_at([maker.pk], by="room:scorecards") == []


def test_within_the_capacity_nothing_is_raised():
    maker = tailor(weekly=700)
    make.finished(maker, 400)
    assert actions.look_at([maker.pk], by="room:scorecards") == []


def test_a_sudden_jump_is_found():
    maker, now = tailor(weekly=700), clock.now()
    for weeks in (4, 3, 2):
        with clock.set_to(now - timedelta(weeks=weeks)):
            brought.delivery(20, of=make.confirmed(maker, 20))
    brought.delivery(200, of=make.confirmed(maker, 200))
    (flag,) = actions.look_at([maker.pk], by="room:scorecards")
    assert (flag.kind, flag.numbers["week"], flag.numbers["usual"]) == (FlagKind.SUDDEN_JUMP, 200, 20)


def test_the_same_photo_at_two_makers_is_found_from_either_side():
    first, second = tailor(), tailor()
    for maker in (first, second):
        brought.delivery(10, of=make.confirmed(maker, 10), photos=[photo()])
    assert [f.kind for f in actions.look_at([first.pk], by="room:scorecards")] == [FlagKind.SAME_PHOTO]
    assert actions.look_at([second.pk], by="room:scorecards") == []
    assert set(Flag.objects.get().makers.all()) == {first, second}


def test_the_same_photo_twice_of_one_maker_is_nothing():
    maker = tailor()
    for _time in range(2):
        brought.delivery(10, of=make.confirmed(maker, 10), photos=[photo()])
    assert actions.look_at([maker.pk], by="room:scorecards") == []


def test_one_lot_handed_over_by_two_makers_is_found():
    first, second = tailor(), tailor()
    for maker in (first, second):
        brought.delivery(10, of=make.confirmed(maker, 10), lot_key="lot:99")
    assert [f.kind for f in actions.look_at([first.pk], by="room:scorecards")] == [FlagKind.SAME_LOT]


def test_a_confirmed_account_of_two_makers_is_found_and_an_unconfirmed_one_is_not():
    first, second = tailor(), tailor()
    money.account(first.party, "12345678")
    money.account(second.party, "12345678", confirmed=False)
    assert actions.look_at_accounts([first.party.key], by="room:scorecards") == []
    money.account(tailor().party, "87654321")
    third = tailor()
    money.account(third.party, "12345678")
    (flag,) = actions.look_at_accounts([third.party.key], by="room:scorecards")
    assert set(flag.makers.all()) == {first, third}
    assert "12345678" not in str(flag.numbers) + flag.evidence_key


def test_a_delivery_is_looked_at_right_after_it_came_in(django_capture_on_commit_callbacks):
    maker = tailor(weekly=10)
    with django_capture_on_commit_callbacks(execute=True):
        brought.delivery(400, of=make.confirmed(maker, 400))
    assert Flag.objects.get().found_by == receivers.ACTOR


def test_the_command_looks_at_everybody(capsys):
    maker = tailor(weekly=10)
    make.finished(maker, 400)
    call_command("watch")
    assert "1 new flags." in capsys.readouterr().out
    assert watch.makers_to_watch() == [maker.pk]


def test_a_flag_is_decided_once_and_with_a_reason():
    flag = make.flag()
    with pytest.raises(Refused, match="reason"):
        actions.decide_flag(flag=flag, decision="visit", reason="", by="person:2")
    decided = actions.decide_flag(flag=flag, decision="visit", reason="Lihat dapurnya dulu.", by="person:2")
    assert (decided.decided_by, decided.is_open) == ("person:2", False)
    with pytest.raises(Refused, match="already"):
        actions.decide_flag(flag=flag, decision="talk", reason="Bicara saja dulu.", by="person:3")


def test_every_deed_is_told_in_a_sentence():
    maker = tailor("Jahit Sahnim")
    make.finished(maker)
    actions.note_shown(maker=maker, through=ShownBy.LINK, by="link:1")
    remark = actions.make_remark(
        maker=maker, kind=masks(), about=Measure.REWORK, words="Angkanya tidak benar.", by="link:1"
    )
    actions.answer_remark(remark=remark, outcome="stands", reason="Sudah dilihat ulang.", by="person:2")
    actions.note_asked(maker=maker, by="person:2")
    actions.decide_flag(flag=make.flag(maker), decision="talk", reason="Bicara saja dulu.", by="person:2")
    said = [row.sentence for row in told(Record.objects.filter(deed__startswith="scorecards."))]
    assert len(said) == 6
    assert all("Jahit Sahnim" in sentence for sentence in said), said
