"""Pages as a test reads them."""

import re

from django.test import Client

from lumbung.people.models import Person


def browser(who: Person | None = None, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(who, backend="config.accounts.Backend")
    return client


def page(address: str, who: Person | None = None, language: str = "en") -> str:
    return text_of(browser(who, language), address)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def main_of(text: str) -> str:
    return text.partition('<main id="main">')[2].partition("</main>")[0]


def ways(text: str) -> list[str]:
    """The addresses that the middle of a page links to."""
    return sorted(set(re.findall(r'href="(/[^"#]*)"', main_of(text))))
