"""The demo's stores: cloth is bought, cut and handed out for an order of masks; oil is called back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from django.db.models import Count, F, Q

from foundation import clock
from lumbung.desk.management.demo.accounts import Cast
from lumbung.lots import actions
from lumbung.lots.actions import MadeBy, Piece, Use
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.lots.models import Lot, MaterialKind, Store
from lumbung.makers.choices import MakerState
from lumbung.makers.models import GoodsKind, Maker
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import OrderLine, Share
from lumbung.places.models import Village

MASKS, OIL = "masker-kain", "minyak-kelapa"
TAILORS = 12
BASIS = "Uji potong contoh, sepuluh lembar"
BOTTLES = (26, 34, 30, 36, 30)
"""Together the 156 bottles of oil that were replaced within hours in July 2020. Who made how many is an assumption."""
DELIVERED, BROUGHT_BACK = 140, 96


class Stores:
    """What a store keeper writes down; who leads the office looks on."""

    def __init__(self, cast: Cast) -> None:
        self.by = cast.persons["colleague"].key
        self.looks = cast.persons["officer"].key
        self.buyer = cast.parties["trade"]
        self.now = clock.now()

    def keep(self) -> None:
        line = self._line()
        if line is None:
            return
        village = line.order.collection_points.select_related("village").order_by("pk")[0].village
        self._open(village)
        self._set_lists()
        shares = self._shares(line)
        pieces = self._cut(sum(share.held_quantity for share in shares))
        begun = max(1, len(shares) * 3 // 4)
        for place, share in enumerate(shares):
            self._sew(place, share, pieces, has_begun=place < begun, spoils=place == min(2, begun - 1))
        self._pour_oil()

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _line(self) -> OrderLine | None:
        """The line of masks that most workshops confirmed; of a running order, where enough of them did."""
        lines = OrderLine.objects.filter(
            kind=MASKS, order__cancelled_at__isnull=True, confirmed_quantity__gt=0
        ).select_related("order", "kind")
        held = Count("shares", filter=Q(shares__state__in=CONFIRMED_STATES))
        most = lines.annotate(held=held).order_by("-held", "pk")
        running = most.filter(order__due_on__gte=clock.today(), held__gte=TAILORS)
        return running.first() or most.first()

    def _shares(self, line: OrderLine) -> list[Share]:
        """Shares of workshops that are active, those with an account first: their pages have something to show."""
        held = line.shares.filter(
            state__in=CONFIRMED_STATES,
            confirmed_quantity__gt=F("released_quantity"),
            maker__state=MakerState.ACTIVE,
        )
        whole = held.select_related("maker__party", "maker__owner")
        return list(whole.order_by("-maker__owner__has_account", "pk")[:TAILORS])

    def _open(self, village: Village) -> None:
        self.store = self._place("Gudang contoh", StoreKind.STORE, village)
        self.table = self._place("Tempat potong contoh", StoreKind.CUTTING, village)

    def _place(self, name: str, kind: StoreKind, village: Village) -> Store:
        return actions.open_store(name=name, kind=kind, village=village, is_demo=True, by=self.looks)

    def _set_lists(self) -> None:
        self.cloth = self._material("Kain katun", MaterialUnit.MILLIMETRE, tracks=True, rate_bp=200)
        self.pieces = self._material("Potongan masker", MaterialUnit.PIECE, tracks=True, rate_bp=100)
        self.string = self._material("Tali masker", MaterialUnit.MILLIMETRE, tracks=False, rate_bp=300)
        for material, product, per_thousand in (
            (self.cloth, self.pieces.key, 120_000),
            (self.pieces, f"goods:{MASKS}", 1_000),
            (self.string, f"goods:{MASKS}", 400_000),
        ):
            actions.set_norm(
                material=material,
                product=product,
                per_thousand=per_thousand,
                basis=BASIS,
                valid_from=clock.day_of(self._ago(60)),
                by=self.looks,
            )

    def _material(self, name: str, unit: MaterialUnit, *, tracks: bool, rate_bp: int) -> MaterialKind:
        found = actions.add_material(name=name, unit=unit, tracks_lots=tracks, is_demo=True, by=self.looks)
        actions.set_loss_rate(
            material=found,
            rate_bp=rate_bp,
            basis=BASIS,
            valid_from=clock.day_of(self._ago(60)),
            by=self.looks,
        )
        return found

    def _cut(self, masks: int) -> Lot:
        """Cloth is bought for all of them and a little more, and cut in one place."""
        wanted = masks * 120
        taken = wanted + wanted // 20
        actions.receive(
            material=self.cloth,
            quantity=taken + 40_000,
            store=self.table,
            origin="Toko kain contoh, nota 0117",
            at=self._ago(20),
            is_demo=True,
            by=self.by,
        )
        actions.receive(
            material=self.string,
            quantity=masks * 400 + 25_000,
            store=self.store,
            origin="Toko kain contoh, nota 0118",
            at=self._ago(20),
            by=self.by,
        )
        cloth = Lot.objects.get(material=self.cloth)
        actions.cut(
            material=self.cloth,
            taken=taken,
            pieces=[Piece(self.pieces, masks)],
            offcuts=taken - wanted - wanted // 100,
            store=self.table,
            lot=cloth,
            at=self._ago(18),
            is_demo=True,
            by=self.by,
        )
        pieces = Lot.objects.get(material=self.pieces)
        actions.move_lot(
            lot=pieces,
            quantity=masks,
            from_holder=self.table.key,
            to_holder=self.store.key,
            at=self._ago(17),
            by=self.by,
        )
        return pieces

    def _sew(self, place: int, share: Share, pieces: Lot, *, has_begun: bool, spoils: bool) -> None:
        """Most sew what they got; one loses too much, the last quarter has not begun."""
        maker, masks = share.maker, share.held_quantity
        held: dict[str, Any] = {"maker": maker, "subject": share.key, "by": self.by}
        out = {"store": self.store, "at": self._ago(16), **held}
        actions.hand_out(material=self.pieces, lot=pieces, quantity=masks, **out)
        actions.hand_out(material=self.string, quantity=masks * 400, **out)
        if not has_begun:
            return
        spoilt = max(1, masks // 12) if spoils else masks // 200
        sewn = masks - spoilt - (masks // 20 if place == 4 else 0)
        if spoilt:
            actions.tell_lost(
                what=self.pieces,
                lot=pieces,
                quantity=spoilt,
                holder=maker.key,
                subject=share.key,
                reason="Atap bocor, potongan terkena air" if spoils else "",
                at=self._ago(9),
                by=self.by,
            )
        made = self._lot_of_masks(share, sewn, pieces)
        if place == 1:
            actions.hold_lot(lot=made, reason="Jahitan tepi lepas pada dua lembar", by=self.looks)
        elif place in (0, 3):
            actions.release_lot(lot=made, reason="Sepuluh lembar dilihat", by=self.looks)
        if place == 4:
            back = {"store": self.store, "at": self._ago(5), **held}
            actions.take_back(material=self.pieces, lot=pieces, quantity=masks // 20 or 1, **back)

    def _lot_of_masks(self, share: Share, sewn: int, pieces: Lot) -> Lot:
        return actions.make_lot(
            goods=share.line.kind,
            quantity=sewn,
            made_by=_made_by(share.maker, sewn),
            made_from=clock.day_of(self._ago(14)),
            made_until=clock.day_of(self._ago(7)),
            subject=share.key,
            uses=[Use(sewn, lot=pieces), Use(sewn * 400, material=self.string)],
            at=self._ago(7),
            is_demo=True,
            by=self.by,
        )

    def _pour_oil(self) -> None:
        """Five houses' oil becomes one lot, goes to the buyer, smells, and is called back."""
        goods = GoodsKind.objects.filter(pk=OIL).first()
        makers = Maker.objects.filter(is_demo=True, goods__kind=OIL, state=MakerState.ACTIVE)
        chosen = list(makers.select_related("party").order_by("village", "pk")[: len(BOTTLES)])
        if goods is None or not chosen:
            return
        parts = [self._oil_of(maker, count, goods) for maker, count in zip(cycle(chosen), BOTTLES)]
        whole = actions.join_lots(
            parts=[Use(part.quantity, lot=part) for part in parts],
            holder=self.store.key,
            at=self._ago(10),
            is_demo=True,
            by=self.by,
        )
        buyer: dict[str, Any] = {"lot": whole, "by": self.by}
        actions.deliver_lot(
            quantity=DELIVERED, from_holder=self.store.key, to_holder=self.buyer.key, at=self._ago(6), **buyer
        )
        actions.recall_lots(
            lots=[whole],
            reason="Keluhan pembeli: minyak berbau tengik",
            advice="Jangan dipakai. Kembalikan ke penjual; botol diganti.",
            by=self.looks,
        )
        actions.move_lot(quantity=BROUGHT_BACK, from_holder=self.buyer.key, to_holder=self.store.key, **buyer)

    def _oil_of(self, maker: Maker, count: int, goods: GoodsKind) -> Lot:
        made = actions.make_lot(
            goods=goods,
            quantity=count,
            made_by=[MadeBy(maker, count)],
            made_from=clock.day_of(self._ago(13)),
            made_until=clock.day_of(self._ago(11)),
            at=self._ago(11),
            is_demo=True,
            by=self.by,
        )
        actions.move_lot(
            lot=made,
            quantity=count,
            from_holder=maker.key,
            to_holder=self.store.key,
            at=self._ago(11),
            by=self.by,
        )
        return made


def _made_by(maker: Maker, quantity: int) -> Sequence[MadeBy]:
    """A group tells its houses, as evenly as whole pieces allow."""
    houses = list(maker.houses.filter(left_on__isnull=True).order_by("pk"))
    if not houses or quantity < len(houses):
        return [MadeBy(maker, quantity)]
    each, rest = divmod(quantity, len(houses))
    return [MadeBy(maker, each + (place < rest), house) for place, house in enumerate(houses)]
