from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from foundation import clock
from foundation.throttle import client_address, throttled

AT = datetime(2026, 6, 12, 1, 0, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.RATES_PER_MINUTE = {"answer": 3, "public": 1}


def ask(kind="answer", address="10.0.0.1", at=AT):
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    with clock.set_to(at):
        return throttled(kind)(lambda request: HttpResponse("here"))(request)


@pytest.mark.django_db
def test_the_fourth_request_of_a_minute_waits_and_is_told_how_long():
    answers = [ask() for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "40"
    assert "<h1>" in answers[3].content.decode()


@pytest.mark.django_db
def test_the_next_minute_another_address_and_another_kind_are_counted_apart():
    for _ in range(4):
        ask()
    assert ask(at=AT.replace(minute=1)).status_code == 200
    assert ask(address="10.0.0.2").status_code == 200
    assert ask("public").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
    ],
)
def test_an_address_is_believed_only_from_known_proxies(settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == address
