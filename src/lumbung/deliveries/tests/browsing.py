"""Browsers of signed-in people, what they show, and a photo to send."""

from io import BytesIO
from typing import Any

from django.test import Client
from PIL import Image

from lumbung.people.models import Person


def browser(who: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def text(response: Any) -> str:
    content: str = response.content.decode()
    return content


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, "PNG")
    file.seek(0)
    file.name = "jahitan.png"
    return file
