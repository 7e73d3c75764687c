import hashlib
import io
import json

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from foundation import clock
from foundation.errors import Refused
from lumbung.files.queries import path_of
from lumbung.letters import actions, queries
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter, Series
from lumbung.letters.rules.contents import SpkContent
from lumbung.letters.rules.issuing import secret_of
from lumbung.letters.tests.factories import HEAD, MAKER, SITE, content, head, letter, spk
from lumbung.organisations.tests.factories import party
from lumbung.people.rules import hash_of
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


def numbers():
    return list(Letter.objects.order_by("pk").values_list("sequence", flat=True))


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_is_issued_with_number_file_hash_and_record(kind):
    office = party()
    issued = letter(office, kind, by="person:7", subject="order:PSN-2026-0001")
    day = clock.today()
    assert issued.number.startswith("001/")
    assert issued.number.endswith(f"/{day.year}")
    assert (issued.issued_on, issued.issued_by) == (day, "person:7")
    kept = path_of(issued.sha256).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == issued.sha256
    assert hash_of(secret_of(issued)) == issued.check_hash
    records = {
        record.deed: json.loads(record.content) for record in Record.objects.filter(subject=issued.key)
    }
    assert records["letters.issued"]["file"] == issued.sha256
    assert MAKER.name not in str(records)


def test_each_kind_and_each_office_counts_for_itself():
    first, second = party(), party("Dinas Lain")
    made = [
        letter(first, LetterKind.INVITATION),
        letter(first, LetterKind.INVITATION),
        letter(first, LetterKind.ASSIGNMENT),
        letter(second, LetterKind.INVITATION),
    ]
    assert [each.sequence for each in made] == [1, 2, 1, 1]


def test_a_new_year_begins_with_one():
    office = party()
    from datetime import UTC, datetime

    with clock.set_to(datetime(2026, 12, 31, 3, tzinfo=UTC)):
        last = letter(office)
    with clock.set_to(datetime(2026, 12, 31, 17, tzinfo=UTC)):  # it is the new year at the place
        first = letter(office)
    assert (last.number[-8:], first.number[-6:]) == ("XII/2026", "I/2027")
    assert (last.sequence, first.sequence) == (1, 1)


def test_a_pdf_that_fails_takes_no_number_and_leaves_nothing(monkeypatch):
    office = party()
    letter(office)

    def broken(sheet):
        raise RuntimeError("paper jam")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "pdf_of", broken)
        with pytest.raises(RuntimeError, match="paper jam"):
            letter(office)
    records = Record.objects.count()
    assert Series.objects.get().last_number == 1
    assert letter(office).sequence == 2
    assert Record.objects.count() == records + 1
    assert numbers() == [1, 2]


def test_without_a_letterhead_nothing_is_issued():
    with pytest.raises(Refused, match="kop surat"):
        actions.issue_letter(
            office=party(),
            kind=LetterKind.ORDER,
            title="x",
            content=spk(),
            subject="",
            by="person:1",
            site=SITE,
        )
    assert not Series.objects.exists()


def test_content_of_another_kind_is_a_fault_of_the_code():
    with pytest.raises(ValueError, match="spk"):
        letter(party(), LetterKind.INVITATION, content=spk())


def test_one_order_letter_about_a_share_is_in_force_and_a_voided_one_is_replaced():
    office = party()
    first = letter(office, LetterKind.ORDER, subject="share:7")
    with pytest.raises(Refused, match="001/SPK"):
        letter(office, LetterKind.ORDER, subject="share:7")
    with pytest.raises(Refused, match="masih berlaku"):
        letter(office, LetterKind.ORDER, subject="share:8", replaces=first)
    actions.void_letter(letter=first, reason="Salah  jumlah.", by="person:2")
    second = letter(office, LetterKind.ORDER, subject="share:7", replaces=first)
    first.refresh_from_db()
    assert (first.replaced_by, first.void_reason, first.sequence, second.sequence) == (
        second,
        "Salah jumlah.",
        1,
        2,
    )
    with pytest.raises(Refused, match="sudah diganti"):
        letter(office, LetterKind.ORDER, subject="share:9", replaces=first)
    with pytest.raises(Refused, match="jenis"):
        letter(office, LetterKind.INVITATION, replaces=first)
    assert queries.in_force_about("share:7", LetterKind.ORDER) == second


def test_the_database_itself_holds_one_in_force_and_voids_whole():
    office = party()
    letter(office, LetterKind.ORDER, subject="share:7")
    other = letter(office, LetterKind.ORDER, subject="share:8")
    for wrong in ({"subject": "share:7"}, {"void_reason": "x"}, {"sequence": 1}, {"voided_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=other.pk).update(**wrong)


def test_invitations_about_one_subject_may_be_many():
    office = party()
    made = [letter(office, LetterKind.INVITATION, subject="order:1") for _ in range(2)]
    assert [each.sequence for each in made] == [1, 2]


def test_voided_twice_is_voided_once_and_needs_a_reason():
    issued = letter(party())
    with pytest.raises(Refused) as refused:
        actions.void_letter(letter=issued, reason=" ", by="person:2")
    assert refused.value.field == "reason"
    first = actions.void_letter(letter=issued, reason="Salah.", by="person:2")
    again = actions.void_letter(letter=issued, reason="Lain.", by="person:3")
    assert (again.void_reason, again.voided_by, again.voided_at) == ("Salah.", "person:2", first.voided_at)
    assert Record.objects.filter(subject=issued.key, deed="letters.voided").count() == 1


def test_many_at_once_run_again_issue_only_what_is_missing():
    office = party()
    head(office)
    told = []

    def new(at):
        return actions.NewLetter(office, LetterKind.ORDER, "Masker", spk(), f"share:{at}")

    def tell(*said):
        told.append(said[:2])

    first = actions.issue_letters([new(1), new(2)], by="person:1", site=SITE, tell=tell)
    again = actions.issue_letters([new(at) for at in (1, 2, 3)], by="person:1", site=SITE)
    assert again[:2] == first
    assert numbers() == [1, 2, 3]
    assert told == [(0, 2), (1, 2)]


def test_a_preview_keeps_nothing():
    office = party()
    head(office)
    pdf = actions.preview_letter(
        office=office, kind=LetterKind.ORDER, title="Masker", content=content(LetterKind.ORDER)
    )
    assert pdf.startswith(b"%PDF-")
    assert (Letter.objects.count(), Series.objects.count(), Record.objects.count()) == (0, 0, 0)


# How an office signs and counts


def picture() -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (900, 900), "navy").save(written, "PNG")
    written.seek(0)
    return written


def test_a_letterhead_counts_from_its_day_and_old_letters_keep_theirs():
    office, today = party(), clock.today()
    first = actions.set_letterhead(office=office, head=HEAD, starts_on=today, by="person:1", logo=picture())
    old = letter(office)
    second = actions.set_letterhead(office=office, head=HEAD, starts_on=today, by="person:1")
    assert second.logo == first.logo
    assert (letter(office).letterhead, old.letterhead) == (second, first)
    assert [(each.head, each.is_now) for each in queries.letterheads_of(office)] == [(second, True)]
    with pytest.raises(Refused) as refused:
        actions.set_letterhead(office=office, head=HEAD, starts_on=today.replace(year=2020), by="person:1")
    assert refused.value.field == "starts_on"
    assert HEAD.signer_name not in str(list(Record.objects.values_list("content", flat=True)))


def test_a_pdf_is_no_logo():
    pdf = io.BytesIO(b"%PDF-1.4 nothing")
    with pytest.raises(Refused) as refused:
        actions.set_letterhead(office=party(), head=HEAD, starts_on=clock.today(), by="person:1", logo=pdf)
    assert refused.value.field == "logo"


def test_a_pattern_counts_from_the_next_letter_on():
    office = party()
    letter(office)
    actions.set_pattern(
        office=office, kind=LetterKind.INVITATION, pattern="005/{nomor}/UND/{tahun}", by="person:1"
    )
    assert letter(office).number == f"005/2/UND/{clock.today().year}"
    with pytest.raises(Refused) as refused:
        actions.set_pattern(office=office, kind=LetterKind.ORDER, pattern="{nomor}/{mana}", by="person:1")
    assert refused.value.field == "pattern"
    with pytest.raises(Refused, match="Undangan"):
        actions.set_pattern(
            office=office, kind=LetterKind.ORDER, pattern="005/{nomor}/UND/{tahun}", by="person:1"
        )


def test_a_number_that_stands_already_is_not_given_again():
    office = party()
    actions.set_pattern(office=office, kind=LetterKind.INVITATION, pattern="{nomor}/{tahun}", by="person:1")
    letter(office)
    actions.set_pattern(
        office=office, kind=LetterKind.INVITATION, pattern="{nomor}/UND/{tahun}", by="person:1"
    )
    actions.set_pattern(office=office, kind=LetterKind.ORDER, pattern="{nomor}/{tahun}", by="person:1")
    with pytest.raises(Refused, match="sudah terpakai"):
        letter(office, LetterKind.ORDER)
    assert Series.objects.filter(kind=LetterKind.ORDER).count() == 0


def test_typed_contents_are_what_the_row_keeps():
    issued = letter(party(), LetterKind.ORDER)
    assert issued.content == spk().facts()
    assert isinstance(spk(), SpkContent)
