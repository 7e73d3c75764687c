"""What a view looks for, among what the person may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lumbung.orders.models import Order, OrderLine, Share, Split
from lumbung.orders.queries.order_list import orders_followed_by
from lumbung.orders.queries.orders import lines_of
from lumbung.orders.queries.shares import shares_seen_by
from lumbung.orders.queries.splits import splits_of


def order_of(request: HttpRequest, code: str) -> Order:
    return get_object_or_404(orders_followed_by(request.user), code=code)


def line_of(request: HttpRequest, code: str, line: int) -> OrderLine:
    return get_object_or_404(lines_of(order_of(request, code)), pk=line)


def split_of(request: HttpRequest, code: str, line: int, number: int) -> Split:
    return get_object_or_404(splits_of(line_of(request, code, line)), number=number)


def share_of(request: HttpRequest, code: str, share: int) -> Share:
    return get_object_or_404(shares_seen_by(request.user), pk=share, line__order=order_of(request, code))


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key
