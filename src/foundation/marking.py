"""The mark that everything carries which comes out of a demo: pages, sheets, messages, letters, files."""

from django.conf import settings
from django.utils.translation import gettext as _


def mark() -> str:
    """DATA CONTOH in a demo, nothing otherwise."""
    return _("DEMO DATA") if settings.DEMO else ""


def marked(text: str) -> str:
    """The text with the mark before it."""
    return f"{mark()}. {text}" if settings.DEMO else text
