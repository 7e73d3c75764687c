"""What a view looks for, among what the person may see; and the key of what was sent."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from foundation import once
from lumbung.deliveries import queries
from lumbung.deliveries.models import Delivery


def delivery_of(request: HttpRequest, code: str) -> Delivery:
    return get_object_or_404(queries.deliveries_seen_by(request.user), code=code)


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def entry_key(request: HttpRequest) -> str:
    """By what a form that is sent again is known again."""
    return (request.POST.get(once.ENTRY, "") or request.POST.get(once.FIELD, ""))[:64]
