"""Receiving, handing out, taking back, using, losing, cutting; making, holding and recalling lots."""

from lumbung.lots.actions.correcting import correct_entry, correct_movement
from lumbung.lots.actions.cutting import Piece, cut
from lumbung.lots.actions.kinds import add_material, open_store, set_loss_rate, set_norm
from lumbung.lots.actions.making import MadeBy, Use, join_lots, make_lot
from lumbung.lots.actions.material import (
    adjust,
    deliver_lot,
    hand_out,
    move,
    move_lot,
    receive,
    take_back,
    tell_lost,
    tell_used,
)
from lumbung.lots.actions.standing import hold_lot, recall_lots, release_lot

__all__ = [
    "MadeBy",
    "Piece",
    "Use",
    "add_material",
    "adjust",
    "correct_entry",
    "correct_movement",
    "cut",
    "deliver_lot",
    "hand_out",
    "hold_lot",
    "join_lots",
    "make_lot",
    "move",
    "move_lot",
    "open_store",
    "recall_lots",
    "receive",
    "release_lot",
    "set_loss_rate",
    "set_norm",
    "take_back",
    "tell_lost",
    "tell_used",
]
