"""Tables of the orders room: the order and its lines; its splits; its shares."""

from lumbung.orders.models.order import CollectionPoint, Order, OrderLine, PriorityVillage, RequiredScheme
from lumbung.orders.models.share import Share
from lumbung.orders.models.split import Split, SplitRow, SplitVillage

__all__ = [
    "CollectionPoint",
    "Order",
    "OrderLine",
    "PriorityVillage",
    "RequiredScheme",
    "Share",
    "Split",
    "SplitRow",
    "SplitVillage",
]
