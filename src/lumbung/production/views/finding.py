"""What a view looks for, among what the person may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.queries.order_list import orders_followed_by
from lumbung.orders.queries.orders import lines_of
from lumbung.orders.queries.shares import shares_seen_by


def line_of(request: HttpRequest, code: str, line: int) -> OrderLine:
    order: Order = get_object_or_404(orders_followed_by(request.user), code=code)
    return get_object_or_404(lines_of(order), pk=line)


def share_of(request: HttpRequest, code: str, share: int) -> Share:
    return get_object_or_404(shares_seen_by(request.user), pk=share, line__order__code=code)


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key
