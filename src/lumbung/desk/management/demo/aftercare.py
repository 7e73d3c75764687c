"""What comes after the demo's orders: records read and disputed, and things that a person should look at."""

from datetime import date, timedelta
from typing import Any

from foundation import clock
from lumbung.complaints import actions as complaints
from lumbung.complaints.actions import About
from lumbung.complaints.choices import RemedyKind, Source
from lumbung.deliveries import actions as deliveries
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.queries import delivered_of
from lumbung.deliveries.rules import Found
from lumbung.desk.management.demo.accounts import Cast
from lumbung.desk.management.demo.names import PHONES_OF_NOBODY
from lumbung.lots.models import Lot
from lumbung.makers.models import Maker
from lumbung.money.actions import add_account, confirm_account
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Share
from lumbung.scorecards import actions
from lumbung.scorecards.choices import Measure, RemarkOutcome, ShownBy

SHARES = 12
SMELLING = 156
"""As many bottles as were replaced within hours in July 2020."""
SLICES = (6, 6, 7, 7)
"""Of a hundred pieces so many come in each of the first weeks; the rest comes at once."""


class Aftercare:
    """Deliveries where the demo has none yet, and what is read, said and looked at afterwards."""

    def __init__(self, cast: Cast) -> None:
        self.inspector = cast.persons["inspector"].key
        self.officer, self.head = cast.persons["officer"].key, cast.persons["head"].key

    def keep(self) -> None:
        shares = self._shares()
        if len(shares) < 4:
            return
        for place, share in enumerate(shares[1:], start=1):
            self._bring(share, place)
        self._bring_with_a_jump(shares[0])
        for share in shares[:-1]:
            self._read(share.maker)
        self._dispute(shares[2].maker, shares[2])
        self._share_an_account(shares[2].maker, shares[3].maker)
        self._complain(shares[1], shares[2])

    def _shares(self) -> list[Share]:
        """Shares of a past order of which nothing was handed over yet, the largest first."""
        found = Share.objects.filter(
            state__in=CONFIRMED_STATES,
            line__order__due_on__lt=clock.today(),
            line__order__cancelled_at=None,
            deliveries=None,
            confirmed_quantity__gte=20,
        ).select_related("line__order", "line__kind", "maker__party", "maker__owner", "collection_point")
        return list(found.order_by("-line__order__due_on", "-confirmed_quantity", "pk")[:SHARES])

    def _bring(self, share: Share, place: int) -> None:
        """Every fifth comes two days late; of every fourth a tenth goes back for rework."""
        day = share.line.order.due_on + timedelta(days=2 if place % 5 == 0 else -1)
        delivery = self._received(share, share.held_quantity, min(day, clock.today()))
        self._inspected(delivery, share.held_quantity // 10 if place % 4 == 0 else 0)

    def _bring_with_a_jump(self, share: Share) -> None:
        """Small lots week after week, and then all the rest in one."""
        last = share.line.order.due_on
        for place, part in enumerate(SLICES):
            self._part(
                share, max(1, share.held_quantity * part // 100), last - timedelta(weeks=len(SLICES) - place)
            )
        self._part(share, share.held_quantity - delivered_of(share.pk), last)
        actions.look_at([share.maker_id], by="room:scorecards")

    def _part(self, share: Share, quantity: int, day: date) -> None:
        if quantity > 0:
            self._inspected(self._received(share, quantity, day), 0)

    def _received(self, share: Share, quantity: int, day: date) -> Delivery:
        return deliveries.receive_delivery(
            share=share, quantity=quantity, delivered_on=day, by=self.officer, is_demo=True
        )

    def _inspected(self, delivery: Delivery, rework: int) -> None:
        findings = [Found("seam", rework, "rework")] if rework else []
        deliveries.close_inspection(
            delivery=delivery, accepted=delivery.open_quantity - rework, findings=findings, by=self.inspector
        )

    def _read(self, maker: Maker) -> None:
        """The makers have read what stands there; one has not, so that the office sees nothing of it yet."""
        actions.note_shown(maker=maker, through=ShownBy.LINK, by=maker.owner.key)

    def _dispute(self, maker: Maker, share: Share) -> None:
        """One remark is answered, one still waits."""
        said: dict[str, Any] = {
            "maker": maker,
            "kind": share.line.kind,
            "by": maker.owner.key,
            "is_demo": True,
        }
        answered = actions.make_remark(
            about=Measure.ON_TIME,
            words="DATA CONTOH: barang kami sudah di titik kumpul sehari sebelumnya.",
            **said,
        )
        actions.answer_remark(
            remark=answered,
            outcome=RemarkOutcome.STANDS,
            reason="DATA CONTOH: tanda terima titik kumpul menunjukkan hari yang sama.",
            by=self.officer,
        )
        actions.make_remark(
            about=Measure.REWORK, words="DATA CONTOH: yang kembali untuk diperbaiki lebih sedikit.", **said
        )

    def _complain(self, first: Share, second: Share) -> None:
        """One is put right within the day and closed by somebody else; one came over the public page and waits."""
        delivery = first.deliveries.order_by("pk")[0]
        quantity = min(SMELLING, delivery.delivered_quantity)
        complaint = complaints.receive_complaint(
            about=About(delivery=delivery),
            words="DATA CONTOH: sebagian berbau dan tidak dapat dipakai.",
            quantity=quantity,
            full_name="Pembeli Contoh",
            phone=f"{PHONES_OF_NOBODY}970001",
            source=Source.BUYER,
            by=self.officer,
            is_demo=True,
        )
        complaints.answer_complaint(
            complaint=complaint, answer="DATA CONTOH: diganti seluruhnya hari ini juga.", by=self.officer
        )
        complaints.settle_pieces(
            complaint=complaint,
            kind=RemedyKind.REPLACED,
            quantity=quantity,
            reason="DATA CONTOH: diganti dari buatan baru.",
            by=self.officer,
        )
        complaints.close_complaint(
            complaint=complaint, reason="DATA CONTOH: semua sudah diganti dan diterima.", by=self.head
        )
        lot = Lot.objects.filter(goods__isnull=False, is_demo=True).order_by("pk").first()
        complaints.receive_complaint(
            about=About(lot=lot) if lot else About(delivery=second.deliveries.order_by("pk")[0]),
            words="DATA CONTOH: tiga buah sobek di jahitannya.",
            quantity=3,
            full_name="Warga Contoh",
            phone=f"{PHONES_OF_NOBODY}970002",
            is_demo=True,
        )

    def _share_an_account(self, first: Maker, second: Maker) -> None:
        for maker in (first, second):
            account = add_account(
                owner=maker.party.key,
                bank="Bank Contoh",
                number="0000555501",
                holder=first.party.name,
                by=self.officer,
                is_demo=True,
            )
            if account.confirmed_at is None:
                confirm_account(account=account, by=self.head)
        actions.look_at_accounts([first.party.key], by="room:scorecards")
