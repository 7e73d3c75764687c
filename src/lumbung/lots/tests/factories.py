"""Stores, material and lots for tests, through the room's own actions where an account must add up."""

from itertools import count
from typing import Any

from foundation import clock
from lumbung.lots import actions
from lumbung.lots.actions import MadeBy
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.lots.models import LossRate, Lot, MaterialKind, Norm, Store
from lumbung.makers.models import GoodsKind, Maker
from lumbung.makers.tests.factories import kind, maker, village

BY = "person:1"
_numbers = count(1)


def material(
    name: str = "Kain katun", *, tracks_lots: bool = False, rate_bp: int | None = 200, **fields: Any
) -> MaterialKind:
    values = {"unit": MaterialUnit.MILLIMETRE, "tracks_lots": tracks_lots, **fields}
    found, new = MaterialKind.objects.get_or_create(name=name, defaults=values)
    if new and rate_bp is not None:
        LossRate.objects.create(
            material=found, rate_bp=rate_bp, basis="uji potong", valid_from=clock.today(), set_by=BY
        )
    return found


def norm(of: MaterialKind, product: str = "goods:masker-kain", per_thousand: int = 120_000) -> Norm:
    return Norm.objects.create(
        material=of,
        product=product,
        per_thousand=per_thousand,
        basis="uji potong",
        valid_from=clock.today(),
        set_by=BY,
    )


def store(name: str = "", *, cuts: bool = False, **fields: Any) -> Store:
    fields.setdefault("village", village())
    name = name or f"Gudang {next(_numbers)}"
    return Store.objects.create(name=name, kind=StoreKind.CUTTING if cuts else StoreKind.STORE, **fields)


def stocked(of: MaterialKind | None = None, quantity: int = 1_000_000, **fields: Any) -> Store:
    """A store that has so much of a material."""
    place = store(**fields)
    actions.receive(material=of or material(), quantity=quantity, store=place, origin="Toko Contoh", by=BY)
    return place


def lot(
    of: Maker | None = None, quantity: int = 100, *, goods: GoodsKind | None = None, **fields: Any
) -> Lot:
    """A lot of masks that one maker made today."""
    who = of or maker()
    return actions.make_lot(
        goods=goods or kind(),
        quantity=quantity,
        made_by=fields.pop("made_by", [MadeBy(who, quantity)]),
        made_from=fields.pop("made_from", clock.today()),
        by=fields.pop("by", BY),
        **fields,
    )
