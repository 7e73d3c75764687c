"""The demo's money: a price sheet, and the dues, claims and payments of a finished order's first shares."""

from datetime import date, timedelta

from foundation import clock
from lumbung.banking.actions import confirm_match, make_file, read_statement
from lumbung.banking.queries import lines_of, payable, rows_of
from lumbung.deliveries import actions as deliveries
from lumbung.deliveries.queries.owing import maker_price_of
from lumbung.desk.management.demo.accounts import BY, Cast
from lumbung.money import actions, queries
from lumbung.money.choices import (
    ClaimKind,
    DelayHolder,
    DueKind,
    PayeeStatus,
    PayerKind,
    Receiver,
    Rounding,
    Supply,
)
from lumbung.money.models import Standing
from lumbung.money.rules import NewRow
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import OrderLine, Share
from lumbung.organisations.actions import found_party
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.records.actions import seal_all

SHARES = 12
ADVANCE_BP = 3000
RETENTION_BP = 500
PAY_DAYS = (-75, -40, -20, -12, -5, -2, 0, 4, 9)
"""Days from today on which what was earned is to be paid, as far as the order is old enough."""


class Money:
    """What the treasurer of the demo's office keeps of the line with the most confirmed pieces of a past order."""

    def __init__(self, cast: Cast) -> None:
        self.treasurer = cast.persons["treasurer"].key
        self.officer = cast.persons["officer"].key
        self.inspector = cast.persons["inspector"].key

    def keep(self) -> None:
        line = self._line()
        if line is None:
            return
        self.lender = found_party(
            kind=PartyKind.FINANCE, name="Koperasi Simpan Pinjam Contoh", by=self.officer, is_demo=True
        )
        self._price(line)
        self._tax()
        held = Share.objects.filter(line=line, state__in=CONFIRMED_STATES, released_quantity=0)
        shares = list(held.select_related("maker__party", "line__order__buyer").order_by("pk")[:SHARES])
        for place, share in enumerate(shares):
            self._share(share, place, is_last=place == len(shares) - 1)
        self._to_the_bank(line)

    def _to_the_bank(self, line: OrderLine) -> None:
        """A file of two payments, and a statement that proves the first of them."""
        payer = line.order.buyer.key
        free = [one.key for one in payable(payer) if one.account and one.amount][-2:]
        if not free:
            return
        file = make_file(payer=payer, chosen=free, by=self.treasurer, is_demo=True)
        rows = list(rows_of(file))
        told = [
            f"{clock.today():%d/%m/%Y};{row.amount_rupiah};{row.account_number};TRF {row.reference}"
            for row in rows
        ]
        content = "\r\n".join(["Tanggal;Debet;Rekening Tujuan;Keterangan", *told]).encode()
        statement = read_statement(content=content, name="mutasi contoh.csv", by=self.treasurer, is_demo=True)
        confirm_match(line=lines_of(statement)[0], row=rows[0], by=self.treasurer)

    def _line(self) -> OrderLine | None:
        past = OrderLine.objects.filter(
            order__due_on__lt=clock.today(), order__cancelled_at=None, confirmed_quantity__gt=0
        ).exclude(shares__deliveries__isnull=False)
        return (
            past.select_related("order__buyer")
            .order_by("-order__due_on", "-confirmed_quantity", "pk")
            .first()
        )

    def _price(self, line: OrderLine) -> None:
        """What the household gets is the line's price; transport, packing and a fee come on top of it."""
        rows = [
            NewRow(Receiver.TRANSPORT, "Angkutan ke titik kumpul", rupiah=line.price_rupiah // 40),
            NewRow(Receiver.PACKAGING, "", rupiah=line.price_rupiah // 50),
            NewRow(Receiver.FEE, "Ukur, label, dan periksa", basis_points=300),
            NewRow(Receiver.MAKER, "", is_rest=True),
        ]
        with clock.set_to(line.order.published_at or clock.now()):
            actions.set_price(
                line=f"line:{line.pk}",
                buyer_rupiah=line.price_rupiah * 108 // 100,
                rows=rows,
                by=self.officer,
                is_demo=True,
            )

    def _tax(self) -> None:
        """A rule that shows how one is written; invented, and off because nobody confirmed it."""
        actions.write_tax_rule(
            name="Contoh potongan jasa jahit",
            supply=Supply.SERVICE,
            payee_status=PayeeStatus.WITHOUT_NPWP,
            payer_kind=PayerKind.TREASURER,
            threshold_rupiah=1_000_000,
            rate_bp=100,
            rounding=Rounding.DOWN,
            in_force_from=clock.today(),
            source="DATA CONTOH, bukan peraturan. Bendahara menulis aturan yang berlaku.",
            by=self.officer,
            is_demo=True,
        )

    def _share(self, share: Share, place: int, *, is_last: bool) -> None:
        party, buyer, key = share.maker.party, share.line.order.buyer, share.key
        earned = share.held_quantity * maker_price_of(share, clock.now())
        advance = earned * ADVANCE_BP // 10_000
        account = actions.add_account(
            owner=party.key,
            bank="Bank Contoh",
            number=f"000{party.pk:09d}",
            holder=share.maker.owner.full_name,
            by=self.officer,
            is_demo=True,
        )
        if not is_last:
            account = actions.confirm_account(account=account, by=self.treasurer)
        self._due(share, DueKind.ADVANCE, "granted", advance, "Uang muka 30 %", -90)
        self._pay(share, advance, f"TRF-CONTOH-{place:02d}A", 85, buyer)
        pay_on = self._deliver(share, PAY_DAYS[place % len(PAY_DAYS)])
        self._due(share, DueKind.ADVANCE, "set-off", -advance, "Uang muka diperhitungkan", 0)
        if place % 3 == 0:
            kept = earned * RETENTION_BP // 10_000
            self._due(share, DueKind.RETENTION_KEPT, "kept", -kept, "Retensi 5 %", 0)
        if place % 4 == 1:
            self._claim(share, earned // 10)
        if place % 2 == 0:
            paid = queries.entitled_now(_standing(key))[-1].amount
            self._pay(share, paid if place % 4 == 0 else paid // 2, f"TRF-CONTOH-{place:02d}B", 1, buyer)
        elif pay_on < clock.today():
            actions.tell_delay(
                share=key,
                holder=(DelayHolder.BUYER, DelayHolder.TREASURER, DelayHolder.MAKER)[place % 3],
                since=pay_on,
                reason="Berkas pembayaran belum lengkap.",
                by=self.treasurer,
            )
        if place == 5:
            later = clock.today() + timedelta(days=7)
            actions.promise_pay_day(
                share=key, pay_on=later, reason="Dana cair pekan depan", by=self.treasurer
            )

    def _deliver(self, share: Share, days: int) -> date:
        """Handed over and looked at so long ago that it is to be paid on that day; never before it was confirmed."""
        wanted = clock.now() + timedelta(days=days - share.line.order.payment_days)
        assert share.answered_at is not None
        with clock.set_to(min(clock.now(), max(wanted, share.answered_at + timedelta(days=1)))):
            delivery = deliveries.receive_delivery(
                share=share,
                quantity=share.held_quantity,
                delivered_on=clock.today(),
                by=self.officer,
                is_demo=True,
            )
            deliveries.close_inspection(
                delivery=delivery, accepted=share.held_quantity, findings=[], by=self.inspector
            )
            seal_all(by=BY)
            return clock.today() + timedelta(days=share.line.order.payment_days)

    def _due(self, share: Share, kind: DueKind, what: str, amount: int, reason: str, days: int) -> None:
        if amount:
            actions.raise_due(
                cause=f"demo:{share.pk}/{what}",
                kind=kind,
                share=share.key,
                payee=share.maker.party.key,
                payer=share.line.order.buyer.key,
                line=f"line:{share.line_id}",
                order=share.line.order.key,
                amount_rupiah=amount,
                pay_on=clock.today() + timedelta(days=days),
                reason=reason,
                by=self.treasurer,
                is_demo=True,
            )

    def _pay(self, share: Share, amount: int, reference: str, days_ago: int, buyer: Party) -> None:
        party = share.maker.party
        if amount > 0:
            actions.record_payment(
                payer=buyer.key,
                payee=party.key,
                paid_on=clock.today() - timedelta(days=days_ago),
                shares={share.key: amount},
                account=queries.account_for(party.key),
                reference=reference,
                entry_key=f"demo:{reference}",
                by=self.treasurer,
                is_demo=True,
            )

    def _claim(self, share: Share, amount: int) -> None:
        if amount:
            actions.register_claim(
                share=share.key,
                kind=ClaimKind.LENDER,
                holder=self.lender.key,
                confirmed_rupiah=amount,
                basis="Perjanjian pinjaman contoh nomor 1",
                by=self.treasurer,
                is_demo=True,
            )


def _standing(key: str) -> Standing:
    standing = queries.standing_of(key)
    assert standing is not None
    return standing
