"""Letters for the tests of this room and of rooms above."""

from datetime import date
from typing import Any

from foundation import clock
from lumbung.letters.actions import issue_letter
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter, Letterhead
from lumbung.letters.rules.contents import (
    AssignmentContent,
    AttendanceContent,
    BastContent,
    Content,
    GoodsLine,
    InspectedLine,
    InspectionContent,
    InvitationContent,
    Official,
    ReceiptContent,
    Side,
    SpkContent,
)
from lumbung.letters.rules.heads import NewHead
from lumbung.organisations.models import Party

SITE = "https://lumbung.contoh.test"
HEAD = NewHead(
    short_name="DISPERIN",
    name_lines="Pemerintah Provinsi Contoh\nDinas Perindustrian",
    address="Jalan Contoh Nomor 1, Kota Contoh",
    place="Kota Contoh",
    signer_name="H. Kepala Contoh",
    signer_position="Kepala Dinas",
    signer_rank="Pembina Utama Muda (IV/c)",
    signer_nip="19700101 199001 1 001",
    phone="Telepon 0800 0000 0001",
)
MAKER = Side("Sahnim", "Jahit Sahnim", "Desa Contoh Daya")
LINE = GoodsLine("Masker kain dua lapis", 693, "lembar", 3500)


def head(office: Party, **fields: Any) -> Letterhead:
    known = {"starts_on": date(2020, 1, 1), "set_at": clock.now(), "set_by": "person:1", **HEAD.columns()}
    return Letterhead.objects.create(office=office, **(known | fields))


def spk(**fields: Any) -> SpkContent:
    known = {
        "maker": MAKER,
        "order_code": "PSN-2026-0001",
        "order_title": "Masker kain",
        "lines": (LINE,),
        "due_on": date(2026, 7, 1),
        "delivery_place": "Kantor Desa Contoh",
    }
    return SpkContent(**(known | fields))


def content(kind: LetterKind) -> Content:
    """A small letter of each kind."""
    official = Official("Rohani", "19800101 200501 2 002", "Analis")
    when = {"held_on": date(2026, 6, 1), "hours": "09.00–12.00", "place": "Aula"}
    contents: dict[LetterKind, Content] = {
        LetterKind.ORDER: spk(),
        LetterKind.DELIVERY: BastContent(
            giver=MAKER,
            receiver=Side("Dinas Sosial Contoh", "pemesan"),
            order_code="PSN-2026-0001",
            lines=(LINE,),
            delivered_on=date(2026, 6, 20),
            place="Kantor Desa Contoh",
        ),
        LetterKind.INSPECTION: InspectionContent(
            maker=MAKER,
            order_code="PSN-2026-0001",
            inspected_on=date(2026, 6, 21),
            place="Kantor Desa Contoh",
            inspectors=(official,),
            rows=(InspectedLine("Masker kain", "lembar", 693, 680, 10, 3),),
        ),
        LetterKind.RECEIPT: ReceiptContent(
            payer="Dinas Perindustrian",
            receiver=MAKER,
            amount_rupiah=2_425_500,
            purpose="Masker kain 693 lembar",
            paid_on=date(2026, 6, 25),
        ),
        LetterKind.ATTENDANCE: AttendanceContent(event="Pelatihan", people=(MAKER,), empty_rows=5, **when),
        LetterKind.INVITATION: InvitationContent(recipients=("Para kapten",), event="Musyawarah", **when),
        LetterKind.ASSIGNMENT: AssignmentContent(
            basis=("DPA 2026",),
            officials=(official,),
            task="Memeriksa barang",
            place="Desa Contoh",
            starts_on=date(2026, 6, 1),
            ends_on=date(2026, 6, 2),
        ),
    }
    return contents[kind]


def letter(
    office: Party, kind: LetterKind = LetterKind.INVITATION, *, by: str = "person:1", **fields: Any
) -> Letter:
    """An issued letter; the office gets a letterhead if it has none."""
    if not Letterhead.objects.filter(office=office).exists():
        head(office)
    known = {"title": "Surat contoh", "content": content(kind), "subject": "", "site": SITE}
    return issue_letter(office=office, kind=kind, by=by, **(known | fields))
