"""The language of a member's pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from foundation.links import private


@private
@require_POST
def language(request: HttpRequest, **_address: Any) -> HttpResponse:
    """Remembered in a cookie."""
    response: HttpResponse = set_language(request)
    return response
