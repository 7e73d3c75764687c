"""What becomes of an order's pieces in the demo: handed over, inspected, paid, written about, finished."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation

from foundation import clock
from lumbung.deliveries import actions as deliveries
from lumbung.deliveries.actions import Photo
from lumbung.deliveries.choices import DEFAULT_AQL_BP, DEFAULT_LEVEL, DEFAULT_SMALL_BELOW, Becomes
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.queries import delivered_of, plan_of
from lumbung.deliveries.rules import Found
from lumbung.desk.management.demo.accounts import Cast
from lumbung.desk.management.demo.letters import SITE
from lumbung.desk.management.demo.photos import faulty_piece, transfer_slip
from lumbung.desk.management.demo.province import Step
from lumbung.dossier.actions import export_dossier
from lumbung.money import actions as money
from lumbung.money import queries as sums
from lumbung.money.actions import Proof
from lumbung.money.choices import Receiver
from lumbung.money.models import Account
from lumbung.money.rules import NewRow
from lumbung.orders.actions.finishing import finish_order
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Order, Share
from lumbung.paperwork.actions import issue_missing

Deed = Callable[[Order, Step], None]
BUYER_PERCENT = 108
"""What the buyer pays for each hundred rupiah of the maker. Assumption."""


class Handing:
    """The end of an order, step by step; shares are called by their size, the largest is the first."""

    def __init__(self, cast: Cast) -> None:
        self.inspector, self.treasurer = cast.persons["inspector"].key, cast.persons["treasurer"].key
        self.officer = cast.persons["officer"].key
        self.deeds: dict[str, Deed] = {
            "price": self.price,
            "terms": self.terms,
            "hand_over": self.hand_over,
            "hand_over_rest": self.hand_over_rest,
            "inspect": self.inspect,
            "inspect_again": self.inspect_again,
            "close_rest": self.close_rest,
            "pay": self.pay,
            "letters": self.letters,
            "finish": self.finish,
            "dossier": self.dossier,
        }

    def price(self, order: Order, _step: Step) -> None:
        """The household gets the line's price; transport and a fee come on top of it."""
        for line in order.lines.all():
            buyer = line.price_rupiah * BUYER_PERCENT // 100
            rows = [
                NewRow(Receiver.TRANSPORT, "Angkutan ke titik kumpul", rupiah=line.price_rupiah // 40),
                NewRow(
                    Receiver.FEE,
                    "Ukur, label, dan periksa",
                    rupiah=buyer - line.price_rupiah - line.price_rupiah // 40,
                ),
                NewRow(Receiver.MAKER, "", is_rest=True),
            ]
            money.set_price(
                line=f"line:{line.pk}", buyer_rupiah=buyer, rows=rows, by=self.officer, is_demo=True
            )

    def terms(self, order: Order, _step: Step) -> None:
        """The inspector answers for the sampling plan that the office proposes."""
        for line in order.lines.all():
            deliveries.confirm_terms(
                line=line,
                level=DEFAULT_LEVEL,
                aql_bp=DEFAULT_AQL_BP,
                small_below=DEFAULT_SMALL_BELOW,
                by=self.inspector,
            )

    def hand_over(self, order: Order, step: Step) -> None:
        """One lot of one share."""
        share = _held(order)[int(step.numbers.get("share", 1)) - 1]
        left = share.held_quantity - delivered_of(share.pk)
        self._received(share, min(int(step.numbers["pieces"]), left))

    def hand_over_rest(self, order: Order, step: Step) -> None:
        """Whatever is still to come of each share; of the last one `keeps` do not come."""
        shares = _held(order)
        for share in shares:
            keeps = int(step.numbers.get("keeps", 0)) if share is shares[-1] else 0
            self._received(share, share.held_quantity - delivered_of(share.pk) - keeps)

    def _received(self, share: Share, quantity: int) -> None:
        if quantity > 0:
            deliveries.receive_delivery(
                share=share,
                quantity=quantity,
                brought_by=share.maker.owner.full_name,
                by=self.officer,
                is_demo=True,
            )

    def inspect(self, order: Order, step: Step) -> None:
        """What waits: the first lot with the faults that the step says, of every piece or of the plan's sample."""
        for place, delivery in enumerate(_deliveries(order).filter(open_quantity__gt=0)):
            lot = delivery.open_quantity
            looks = plan_of(delivery).sample if step.numbers.get("by_sample") else lot
            found = _found(step, Becomes.REWORK, "damaged", "Remuk di tepinya.") if place == 0 else []
            found += (
                _found(step, Becomes.REJECTED, "weight", "Isi kurang dari 250 gram.") if place == 0 else []
            )
            self._closed(delivery, looks, found)

    def inspect_again(self, order: Order, step: Step) -> None:
        """What came back from rework, with what is still wrong with it."""
        for delivery in _deliveries(order).filter(rework_quantity__gt=0):
            found = _found(step, Becomes.REJECTED, "packing", "Segel tetap bocor.")
            self._closed(delivery, delivery.rework_quantity, found, round_="again")

    def _closed(self, delivery: Delivery, looks: int, found: list[Found], **given: Any) -> None:
        photos = {
            place: Photo(faulty_piece(one.fault), f"{one.fault}.png") for place, one in enumerate(found)
        }
        deliveries.close_inspection(
            delivery=delivery,
            accepted=looks - sum(one.quantity for one in found),
            findings=found,
            photos=photos,
            by=self.inspector,
            **given,
        )

    def close_rest(self, order: Order, step: Step) -> None:
        for share in _held(order):
            if share.held_quantity > delivered_of(share.pk):
                deliveries.close_share(share=share, reason=step.text("reason"), by=self.officer)

    def pay(self, order: Order, _step: Step) -> None:
        """All that is owed, share by share, each with a proof."""
        for number, share in enumerate(_held(order), start=1):
            standing = sums.standing_of(share.key)
            if standing is None or standing.open_rupiah <= 0:
                continue
            reference = f"TRF-CONTOH-{order.code}-{number:02d}"
            slip = Proof(transfer_slip(reference, standing.open_rupiah), "bukti-transfer.png")
            money.record_payment(
                payer=order.buyer.key,
                payee=share.maker.party.key,
                paid_on=clock.today(),
                shares={share.key: standing.open_rupiah},
                account=self._account(share),
                proof=slip,
                reference=reference,
                entry_key=f"demo:{reference}",
                by=self.treasurer,
                is_demo=True,
            )

    def _account(self, share: Share) -> Account:
        party = share.maker.party
        if known := sums.account_for(party.key):
            return known
        account = money.add_account(
            owner=party.key,
            bank="Bank Contoh",
            number=f"000{party.pk:09d}",
            holder=share.maker.owner.full_name,
            by=self.officer,
            is_demo=True,
        )
        return account if account.confirmed_at else money.confirm_account(account=account, by=self.treasurer)

    def letters(self, order: Order, _step: Step) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            issue_missing(order=order, by=self.officer, site=settings.PUBLIC_ADDRESS or SITE)

    def finish(self, order: Order, step: Step) -> None:
        finish_order(order=order, note=step.text("note"), by=self.officer)

    def dossier(self, order: Order, _step: Step) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            export_dossier(order=order, by=self.officer)


def _held(order: Order) -> list[Share]:
    shares = Share.objects.filter(line__order=order, state__in=CONFIRMED_STATES)
    found = shares.select_related("line__order", "maker__party", "maker__owner", "collection_point")
    held = [share for share in found.order_by("pk") if share.held_quantity > 0]
    return sorted(held, key=lambda share: (-share.held_quantity, share.pk))


def _deliveries(order: Order) -> Any:
    return Delivery.objects.filter(share__line__order=order).select_related("share__line").order_by("pk")


def _found(step: Step, becomes: Becomes, fault: str, words: str) -> list[Found]:
    quantity = int(step.numbers.get(str(becomes), 0))
    return [Found(fault, quantity, str(becomes), f"DATA CONTOH: {words}")] if quantity else []
