"""What every view of the room needs: who asks, and the page of a list."""

from django.http import HttpRequest


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def marks(request: HttpRequest) -> dict[str, str]:
    """Behind or in front of which row a page of a list begins."""
    return {name: request.GET.get(name, "") for name in ("after", "before")}
