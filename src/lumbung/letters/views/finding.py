"""What the pages about letters share."""

from django.conf import settings
from django.http import HttpRequest


def actor(request: HttpRequest) -> str:
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def site_of(request: HttpRequest) -> str:
    """The public address if one is set, else where this request came."""
    return settings.PUBLIC_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
