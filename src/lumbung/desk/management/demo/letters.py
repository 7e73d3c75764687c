"""The demo office's letterhead, and letters of each kind: those that an order brings forth, and some by hand."""

from datetime import timedelta

from django.conf import settings
from django.utils import translation

from foundation import clock
from lumbung.desk.management.demo.accounts import Cast
from lumbung.letters.actions import issue_letter, set_letterhead, void_letter
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.letters.rules.contents import (
    AssignmentContent,
    AttendanceContent,
    Content,
    InvitationContent,
    Official,
    Side,
)
from lumbung.letters.rules.heads import NewHead
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork.actions import issue_about, issue_missing
from lumbung.paperwork.choices import KINDS
from lumbung.paperwork.queries import counts_of, lacking_in_running_orders

OF_A_KIND = 6
SITE = "https://lumbung.contoh.test"
"""Where the codes of demo letters lead unless a public address is set."""


class Letters:
    """What the office writes: as its officer, under the name of its head."""

    def __init__(self, cast: Cast) -> None:
        self.head, self.officer = cast.persons["head"], cast.persons["officer"]
        self.office: Party = self.head.memberships.select_related("party").order_by("pk")[0].party
        self.site = settings.PUBLIC_ADDRESS or SITE

    def set_head(self) -> None:
        head = NewHead(
            short_name="IND",
            name_lines=f"Pemerintah Daerah Contoh\n{self.office.name}",
            address="Jalan Contoh Nomor 1, Kota Contoh",
            phone="Telepon 0800-0000-0000 · surel surat@contoh.test",
            place="Kota Contoh",
            signer_name=self.head.full_name,
            signer_position=f"Kepala {self.office.name}",
            signer_rank="Pembina Utama Muda, golongan contoh",
            signer_nip="00000000 000000 0 000",
        )
        set_letterhead(office=self.office, head=head, starts_on=clock.today(), by=self.head.key)

    def write(self) -> None:
        """Six letters of each kind that the first order brings forth; one of them was wrong, and is replaced."""
        with translation.override(settings.LANGUAGE_CODE):
            for kind in KINDS:
                if order := self._lacking(kind):
                    self._set(order, kind)
            self._by_hand()

    def _lacking(self, kind: LetterKind) -> Order | None:
        """The running order that comes first, or the newest one that lacks such letters."""
        if found := next(lacking_in_running_orders([kind]), None):
            return found.order
        every = Order.objects.filter(cancelled_at=None).order_by("-pk")
        return next((order for order in every if counts_of(order, [kind])[kind].missing), None)

    def _set(self, order: Order, kind: LetterKind) -> None:
        """The others stay missing: the button that sets them is on the page of the order's letters."""
        by, site = self.officer.key, self.site
        issued = issue_missing(order=order, kinds=[kind], most=OF_A_KIND, by=by, site=site)
        if kind == LetterKind.ORDER and issued:
            void_letter(letter=issued[-1], reason="Salah cetak.", by=by)
            number = int(issued[-1].subject.partition(":")[2])
            issue_about(order=order, kind=kind, number=number, by=by, site=site)

    def _by_hand(self) -> None:
        day = clock.today() + timedelta(days=7)
        hours, place = "09.00 sampai selesai", "Aula kantor dinas"
        invitation = InvitationContent(
            recipients=("Para kapten kelompok usaha", "Para kepala desa"),
            event="Musyawarah persiapan pesanan",
            held_on=day,
            hours=hours,
            place=place,
            agenda=("Penjelasan contoh barang", "Jadwal penyerahan", "Tanya jawab"),
            copies=("Arsip",),
        )
        attendance = AttendanceContent(
            event=invitation.event,
            held_on=day,
            hours=hours,
            place=place,
            people=(Side(self.officer.full_name, "petugas", self.office.name),),
            empty_rows=20,
        )
        assignment = AssignmentContent(
            basis=("Rencana kerja tahun ini",),
            officials=(Official(self.officer.full_name, position="Petugas"),),
            task="Mendampingi pemeriksaan mutu di titik kumpul",
            place="Kantor desa titik kumpul",
            starts_on=day,
            ends_on=day + timedelta(days=1),
        )
        self._issue(LetterKind.INVITATION, "Undangan musyawarah", invitation)
        self._issue(LetterKind.ATTENDANCE, "Daftar hadir musyawarah", attendance)
        self._issue(LetterKind.ASSIGNMENT, "Pendampingan pemeriksaan mutu", assignment)
        twice = self._issue(LetterKind.INVITATION, "Undangan musyawarah", invitation)
        void_letter(letter=twice, reason="Terkirim dua kali.", by=self.head.key)

    def _issue(self, kind: LetterKind, title: str, content: Content) -> Letter:
        return issue_letter(
            office=self.office,
            kind=kind,
            title=title,
            content=content,
            subject="",
            by=self.officer.key,
            site=self.site,
        )
