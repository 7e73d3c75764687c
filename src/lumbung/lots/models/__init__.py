"""Tables of the room: kinds of material and stores, lots and recalls, the ledger of movements."""

from lumbung.lots.models.kinds import LossRate, MaterialKind, Norm, Store
from lumbung.lots.models.ledger import Entry, Holding, Movement
from lumbung.lots.models.lots import Lot, LotMaker, LotUse, Recall

__all__ = [
    "Entry",
    "Holding",
    "LossRate",
    "Lot",
    "LotMaker",
    "LotUse",
    "MaterialKind",
    "Movement",
    "Norm",
    "Recall",
    "Store",
]
