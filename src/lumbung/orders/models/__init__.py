"""Tables of the orders room: the order and its lines; its splits; its shares; objections, and reasons told."""

from lumbung.orders.models.objection import Objection, ObjectionAnswer
from lumbung.orders.models.order import CollectionPoint, Order, OrderLine, PriorityVillage, RequiredScheme
from lumbung.orders.models.reason_told import ReasonTold
from lumbung.orders.models.share import Share
from lumbung.orders.models.split import Split, SplitRow, SplitVillage

__all__ = [
    "CollectionPoint",
    "Objection",
    "ObjectionAnswer",
    "Order",
    "OrderLine",
    "PriorityVillage",
    "ReasonTold",
    "RequiredScheme",
    "Share",
    "Split",
    "SplitRow",
    "SplitVillage",
]
