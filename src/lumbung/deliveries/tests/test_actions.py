"""Taking in, looking, looking again, correcting: each deed, its refusals, and what it leaves behind."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from foundation import clock
from foundation.errors import Refused
from lumbung.deliveries import actions, queries
from lumbung.deliveries.actions import OverShareRefused, Photo
from lumbung.deliveries.choices import Pieces, Verdict
from lumbung.deliveries.models import Delivery, Finding, Inspection, Move, OverShare
from lumbung.deliveries.rules import Found
from lumbung.deliveries.tests import factories as make
from lumbung.files.models import Attachment
from lumbung.orders.actions.answering import release_share
from lumbung.orders.models import Share
from lumbung.people.tests.factories import person
from lumbung.records.actions import read_content
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


def look(made: Delivery, accepted: int, *findings: Found, by: str = make.RAHMAT, **told) -> Inspection:
    return actions.close_inspection(delivery=made, accepted=accepted, findings=findings, by=by, **told)


def photo() -> Photo:
    file = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, "PNG")
    file.seek(0)
    return Photo(file, "jahitan.png")


# Taking in


def test_a_share_comes_in_parts_and_never_more_than_was_confirmed():
    share = make.share(1_000)
    for quantity in (300, 300, 400):
        make.delivery(quantity, of=share)
    assert queries.delivered_of(share.pk) == 1_000
    with pytest.raises(OverShareRefused, match="all of it was handed over already"):
        make.delivery(1, of=share)
    assert queries.delivered_of(share.pk) == 1_000


def test_a_delivery_has_its_own_number_and_leaves_one_record():
    made = make.delivery(10, of=make.share(100), brought_by="Sahnim")
    assert made.code == f"SRH-{clock.today().year}-0001"
    record = Record.objects.get(deed="deliveries.delivered")
    assert record.subject == make.order_of(made).key
    assert read_content(record)["quantity"] == 10
    assert "Sahnim" not in record.content


def test_the_same_delivery_sent_twice_is_one():
    share = make.share(100)
    first = make.delivery(60, of=share, entry_key="telepon-1")
    again = make.delivery(60, of=share, entry_key="telepon-1")
    assert first.pk == again.pk
    assert queries.delivered_of(share.pk) == 60
    assert Record.objects.filter(deed="deliveries.delivered").count() == 1


def test_an_attempt_beyond_the_share_sent_twice_is_counted_once():
    share = make.share(100)
    for _ in range(2):
        with pytest.raises(OverShareRefused):
            make.delivery(150, of=share, entry_key="telepon-2")
    assert OverShare.objects.count() == 1
    record = Record.objects.get(deed="deliveries.over_share_refused")
    assert (read_content(record)["brought"], read_content(record)["room"]) == (150, 100)


def test_an_unconfirmed_share_is_not_taken_in():
    share = make.share(100)
    release_share(share=share, quantity=100, by="person:1")
    with pytest.raises(Refused, match="Nothing of this share is confirmed"):
        make.delivery(1, of=share)


def test_a_delivery_of_tomorrow_is_not_taken_in():
    with pytest.raises(Refused, match="still to come"):
        make.delivery(1, of=make.share(10), delivered_on=clock.today() + timedelta(days=1))


def test_what_was_handed_over_cannot_be_given_back_to_the_order():
    share = make.share(100)
    make.delivery(70, of=share)
    with pytest.raises(Refused):
        release_share(share=share, quantity=31, by="person:1")
    release_share(share=share, quantity=30, by="person:1")
    assert Share.objects.get(pk=share.pk).held_quantity == 70


# Looking


def test_two_looks_at_parts_of_a_delivery_add_up():
    made = make.delivery(1_000)
    look(made, 100)
    look(made, 180, make.rework(20))
    assert make.sums(made) == make.Sums(1_000, 700, accepted=280, rework=20)


def test_a_sample_that_passes_accepts_the_unseen_and_counts_them_apart():
    made = make.delivery(1_000)
    make.terms(made.share.line)
    found = look(made, 75, make.rework(3), make.reject(2))
    assert (found.sample_quantity, found.acceptance_number, found.code_letter) == (80, 5, "J")
    assert found.verdict == Verdict.PASSED
    assert make.sums(made) == make.Sums(1_000, 0, accepted=75, by_sample=920, rework=3, rejected=2)


def test_a_sample_that_fails_leaves_the_unseen_open_and_then_all_are_looked_at():
    made = make.delivery(1_000)
    make.terms(made.share.line)
    assert look(made, 74, make.reject(6)).verdict == Verdict.FAILED
    assert make.sums(made) == make.Sums(1_000, 920, accepted=74, rejected=6)
    plan = queries.plan_of(Delivery.objects.get(pk=made.pk))
    assert (plan.is_sample, plan.sample) == (False, 920)


def test_a_sample_is_looked_at_whole():
    made = make.delivery(1_000)
    make.terms(made.share.line)
    with pytest.raises(Refused, match=r"The plan asks for 80 pieces, or for all 1,000\. You counted 79\."):
        look(made, 79)
    assert look(made, 990, make.rework(10)).verdict == Verdict.WHOLE


def test_more_than_there_is_cannot_be_counted():
    made = make.delivery(100)
    with pytest.raises(Refused, match="101 counted, but only 100 are there"):
        look(made, 100, make.rework(1))
    assert make.sums(made) == make.Sums(100, 100)
    assert Inspection.objects.count() == 0


@pytest.mark.parametrize(
    ("accepted", "finding", "sentence"),
    [
        (0, None, "Write how many pieces are right"),
        (5, Found("seam", 0, "rework"), "whole numbers from 0"),
        (-1, Found("seam", 2, "rework"), "whole numbers from 0"),
        (5, Found("moon", 2, "rework"), "Choose what is wrong"),
        (5, Found("other", 2, "rework", " "), "Write in words"),
    ],
)
def test_counts_that_cannot_be_right_are_refused(accepted, finding, sentence):
    with pytest.raises(Refused, match=sentence):
        look(make.delivery(100), accepted, *([finding] if finding else []))
    assert Inspection.objects.count() == 0


def test_the_same_inspection_sent_twice_is_one():
    made = make.delivery(1_000)
    first = look(made, 812, make.rework(120), make.reject(68), entry_key="telepon-3")
    again = look(made, 812, make.rework(120), make.reject(68), entry_key="telepon-3")
    assert first.pk == again.pk
    assert make.sums(made) == make.Sums(1_000, 0, accepted=812, rework=120, rejected=68)
    assert Record.objects.filter(deed="deliveries.inspected").count() == 1


def test_a_photo_stands_at_its_finding():
    look(make.delivery(100), 98, make.rework(1), make.reject(1), photos={1: photo()})
    rejected = Finding.objects.get(becomes="rejected")
    assert Attachment.objects.get(subject=rejected.key).name == "jahitan.webp"


def test_who_comes_second_reads_who_looks_and_since_when():
    rahmat, siti = person("Rahmat Hidayat"), person("Siti Aminah")
    made = make.delivery(100)
    actions.open_inspection(delivery=made, by=rahmat.key)
    with pytest.raises(Refused, match="Rahmat Hidayat has been inspecting this delivery since"):
        actions.open_inspection(delivery=made, by=siti.key)
    with pytest.raises(Refused, match="Rahmat Hidayat has been inspecting"):
        look(made, 100, by=siti.key)
    actions.open_inspection(delivery=made, by=siti.key, take_over=True)
    look(made, 100, by=siti.key)
    assert make.sums(made) == make.Sums(100, 0, accepted=100)
    assert list(Inspection.objects.values_list("looked_quantity", "closed_by")) == [
        (0, siti.key),
        (100, siti.key),
    ]


def test_who_sends_late_reads_who_was_quicker_and_what_is_left():
    rahmat, siti = person("Rahmat Hidayat"), person("Siti Aminah")
    made = make.delivery(100)
    look(made, 60, by=rahmat.key, seen=100)
    with pytest.raises(
        Refused, match=r"Rahmat Hidayat has inspected this delivery, .*: 40 are left of the 100"
    ):
        look(made, 100, by=siti.key, seen=100)
    assert make.sums(made) == make.Sums(100, 40, accepted=60)


def test_an_own_inspection_goes_on_where_it_was_begun():
    made = make.delivery(100)
    first = actions.open_inspection(delivery=made, by=make.RAHMAT)
    assert actions.open_inspection(delivery=made, by=make.RAHMAT).pk == first.pk
    assert look(made, 100).pk == first.pk


def test_an_own_inspection_of_another_number_begins_anew():
    made = make.delivery(80, of=make.share(100))
    actions.open_inspection(delivery=made, by=make.RAHMAT)
    actions.correct_delivery(delivery=made, quantity=100, reason="Satu karung terlewat", by=make.SITI)
    assert look(made, 100).lot_quantity == 100


def test_nothing_is_looked_at_twice():
    made = make.delivery(100)
    look(made, 100)
    with pytest.raises(Refused, match="inspected already"):
        actions.open_inspection(delivery=made, by=make.RAHMAT)
    with pytest.raises(Refused, match="No piece of this delivery is in rework"):
        actions.second_inspection(delivery=made, accepted=1, by=make.RAHMAT)


def test_the_second_look_takes_what_came_back_and_leaves_the_rest_in_rework():
    made = make.delivery(1_000)
    look(made, 812, make.rework(120), make.reject(68))
    actions.second_inspection(
        delivery=made, accepted=90, findings=[make.rework(6), make.reject(4)], by=make.SITI
    )
    assert make.sums(made) == make.Sums(1_000, 0, accepted=902, rework=26, rejected=72)


# Correcting


def test_fewer_were_handed_over_than_written():
    made = make.delivery(100, of=make.share(200))
    actions.correct_delivery(delivery=made, quantity=90, reason="Salah hitung", by=make.SITI)
    actions.correct_delivery(delivery=made, quantity=110, reason="Satu karung terlewat", by=make.SITI)
    assert make.sums(made) == make.Sums(110, 110)
    assert [(m.from_place, m.to_place, m.quantity) for m in made.moves.all()] == [
        ("maker", "open", 100),
        ("open", "maker", 10),
        ("maker", "open", 20),
    ]
    assert {m.corrects_id for m in made.moves.all()[1:]} == {made.moves.all()[0].pk}


@pytest.mark.parametrize(
    ("quantity", "reason", "sentence"),
    [
        (100, "x", "It is 100 already"),
        (59, "x", "60 of it were inspected already"),
        (201, "x", "At most 200: the share is 200"),
        (90, " ", "Write why the number changes"),
    ],
)
def test_a_number_that_cannot_have_been_is_refused(quantity, reason, sentence):
    made = make.delivery(100, of=make.share(200))
    look(made, 60)
    with pytest.raises(Refused, match=sentence):
        actions.correct_delivery(delivery=made, quantity=quantity, reason=reason, by=make.SITI)


def test_five_of_the_rejected_were_right_after_all():
    made = make.delivery(1_000)
    look(made, 932, make.reject(68))
    rejected = Move.objects.get(to_place=Pieces.REJECTED)
    actions.correct_move(
        move=rejected, quantity=5, instead="accepted", reason="Salah ukur", by=make.SITI, entry_key="k"
    )
    actions.correct_move(
        move=rejected, quantity=5, instead="accepted", reason="Salah ukur", by=make.SITI, entry_key="k"
    )
    assert make.sums(made) == make.Sums(1_000, 0, accepted=937, rejected=63)
    back, placed = Move.objects.order_by("pk")[3:]
    assert (back.corrects, back.from_place, back.to_place) == (rejected, "rejected", "open")
    assert (placed.from_place, placed.to_place, placed.quantity) == ("open", "accepted", 5)
    assert Move.objects.get(pk=rejected.pk).quantity == 68


def test_what_is_not_there_any_more_cannot_be_corrected():
    made = make.delivery(100)
    look(made, 90, make.rework(10))
    rework = Move.objects.get(to_place=Pieces.REWORK)
    actions.second_inspection(delivery=made, accepted=8, by=make.SITI)
    with pytest.raises(Refused, match="from 1 to 2"):
        actions.correct_move(move=rework, quantity=3, reason="Salah", by=make.SITI)


def test_a_correction_is_not_corrected_and_a_handing_over_only_at_the_delivery():
    made = make.delivery(100)
    look(made, 100)
    first, accepted = Move.objects.order_by("pk")
    with pytest.raises(Refused, match="corrected at the delivery"):
        actions.correct_move(move=first, quantity=1, reason="Salah", by=make.SITI)
    actions.correct_move(move=accepted, quantity=1, reason="Salah", by=make.SITI)
    with pytest.raises(Refused, match="is a correction itself"):
        actions.correct_move(move=Move.objects.last(), quantity=1, reason="Salah", by=make.SITI)


# Terms


def test_terms_are_versions_and_a_running_inspection_keeps_its_plan():
    made = make.delivery(1_000)
    make.terms(made.share.line)
    opened = actions.open_inspection(delivery=made, by=make.RAHMAT)
    make.terms(made.share.line, aql_bp=400)
    assert Inspection.objects.get(pk=opened.pk).acceptance_number == 5
    assert look(made, 75, make.rework(5)).verdict == Verdict.PASSED
    assert queries.terms_of(made.share.line_id).number == 2


@pytest.mark.parametrize(
    ("level", "aql", "small", "sentence"),
    [
        (4, 250, 51, "level is 1, 2 or 3"),
        (2, 300, 51, "no plan for this quality level"),
        (2, 250, 0, "from 1"),
    ],
)
def test_terms_that_the_table_does_not_know_are_refused(level, aql, small, sentence):
    made = make.delivery(100)
    with pytest.raises(Refused, match=sentence):
        make.terms(made.share.line, level=level, aql_bp=aql, small_below=small)
