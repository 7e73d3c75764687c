"""Conversations that are opened with the text written, to be sent by one tap; nothing is sent from here."""

from collections.abc import Callable
from urllib.parse import quote

from csp.decorators import csp_update
from django.http import HttpResponse, HttpResponseBase

View = Callable[..., HttpResponseBase]


def whatsapp_address(phone: str, text: str) -> str:
    """Opens a conversation with the text written; without a number the sender chooses whose."""
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}"


def to_whatsapp(phone: str, text: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": whatsapp_address(phone, text)})


def opens_whatsapp(view: View) -> View:
    """Forms of this page may lead to a conversation: wa.me forwards, and a browser asks at each step."""
    updated: View = csp_update({"form-action": ["https://api.whatsapp.com"]})(view)
    return updated
