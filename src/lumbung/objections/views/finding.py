"""What a view looks for, among what the person may see, and what stands where a link opens nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lumbung.orders.models import Order
from lumbung.orders.queries.order_list import orders_followed_by


def order_of(request: HttpRequest, code: str) -> Order:
    return get_object_or_404(orders_followed_by(request.user), code=code)


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def unknown(request: HttpRequest) -> HttpResponse:
    """The same page whatever is wrong with an address, so that nothing can be learned from it."""
    return render(request, "orders/offer/unknown.html", status=404)
