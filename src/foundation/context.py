"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "me": getattr(request, "user", None),
        "demo": settings.DEMO,
        "office_name": settings.OFFICE_NAME,
        "system_name": settings.SYSTEM_NAME,
    }
