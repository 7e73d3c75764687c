"""`/ulangan/`: the kept replays for everybody."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from lumbung.desk.management.replay import showing
from lumbung.desk.management.replay.scenario import names, read_scenario
from lumbung.desk.tests.browsing import main_of, page
from lumbung.organisations.tests.factories import cast

pytestmark = pytest.mark.django_db
ADDRESSES = ["/ulangan/", *(f"/ulangan/{name}/" for name in names())]


@pytest.mark.parametrize("address", [*ADDRESSES, "/ulangan/masks-2020/gambar-328.svg"])
def test_replays_are_open_to_everybody(address: str) -> None:
    statuses = {"nobody": Client().get(address).status_code}
    for role, who in cast().everybody():
        client = Client()
        client.force_login(who, backend="config.accounts.Backend")
        statuses[role] = client.get(address).status_code
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize(
    "address",
    ["/ulangan/bread-2026/", "/ulangan/bread-2026/gambar-328.svg", "/ulangan/masks-2020/gambar-5000.svg"],
)
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_masks_come_first_and_lead_to_the_others() -> None:
    text = main_of(page("/ulangan/"))
    assert "Masks 2020, once more" in text
    assert "430,000 sheets, about Rp4 billion" in text
    assert "every try was refused" in text
    for name in names()[1:]:
        assert f'href="/ulangan/{name}/"' in text


@pytest.mark.parametrize("name", names())
def test_every_fact_and_assumption_stands_on_the_page_with_its_ground(name: str) -> None:
    text = page(f"/ulangan/{name}/")
    scenario = read_scenario(name)
    with translation.override("en"):
        for fact in scenario.facts.values():
            assert fact.url.replace("&", "&amp;") in text
            assert fact.when.replace("\N{NO-BREAK SPACE}", " ") in text
        for assumed in scenario.assumptions.values():
            assert assumed.why.replace("'", "&#x27;") in text


@pytest.mark.parametrize("width", showing.WIDTHS)
def test_the_picture_speaks_the_readers_language(width: int) -> None:
    address = f"/ulangan/masks-2020/gambar-{width}.svg"
    indonesian = Client(headers={"accept-language": "id"}).get(address)
    english = Client(headers={"accept-language": "en"}).get(address)
    assert indonesian["content-type"] == "image/svg+xml"
    assert "1.000.000" in indonesian.content.decode()
    assert "1,000,000" in english.content.decode()


def test_a_replay_page_asks_the_database_nothing_of_its_own(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        Client().get("/ulangan/")
