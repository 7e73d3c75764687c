"""Pieces that waited on a phone: each arrives once, also when the answer was lost or the page has changed since."""

from typing import Any

import pytest

from foundation import clock
from lumbung.orders.models import Share
from lumbung.people.actions import revoke_link
from lumbung.production.models import Made
from lumbung.production.tests import factories as make
from lumbung.production.tests.phones import bundle_for, captain_of, digits, own_link, phone, to_share

pytestmark = pytest.mark.django_db


def send(address: str, share: Share, *, key: str = "k" * 22, **fields: str) -> dict[str, Any]:
    """As the browser's worker sends an entry; what it hears."""
    today = clock.today()
    told = {"entry_key": key, "made_on": f"{today.day}/{today.month}/{today.year}", **fields}
    told.setdefault("digits", digits(share.maker.owner))
    answer: dict[str, Any] = phone().post(address, told, headers={"X-Lumbung-Entry": "link"}).json()
    return answer


def entries(share: Share) -> list[int]:
    return list(Made.objects.filter(share=share).order_by("pk").values_list("quantity", flat=True))


def test_an_entry_that_is_sent_three_times_is_told_once() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    told = [send(f"{address}hasil/", share, quantity="12") for _time in range(3)]
    assert [each["state"] for each in told] == ["done"] * 3
    assert told[0]["address"] == f"{address}hasil/"
    assert entries(share) == [12]


def test_what_arrived_stays_done_when_the_link_is_withdrawn_before_the_phone_heard_of_it() -> None:
    share = make.started(100)
    link, address = to_share(share)
    send(f"{address}hasil/", share, quantity="12")
    revoke_link(link, by="person:1")
    assert send(f"{address}hasil/", share, quantity="12")["state"] == "done"
    assert send(f"{address}hasil/", share, quantity="12", key="b" * 22)["state"] == "refused"
    assert entries(share) == [12]


def test_what_arrived_stays_done_when_everything_is_made_by_now() -> None:
    share = make.started(20)
    _link, address = to_share(share)
    send(f"{address}hasil/", share, quantity="20")
    assert send(f"{address}hasil/", share, quantity="20")["state"] == "done"
    assert send(f"{address}hasil/", share, quantity="1", key="b" * 22)["state"] == "refused"
    assert entries(share) == [20]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quantity": "101"}, "How many were made: "),
        ({"quantity": "5", "digits": "000x"}, "Last four digits"),
        ({"quantity": "5", "made_on": "kemarin"}, "On which day: "),
    ],
)
def test_what_is_refused_says_why_and_is_sent_again_under_its_key(fields: dict[str, str], words: str) -> None:
    share = make.started(100)
    _link, address = to_share(share)
    told = send(f"{address}hasil/", share, **fields)
    assert told["state"] == "refused"
    assert words in told["sentence"]
    assert send(f"{address}hasil/", share, quantity="5")["state"] == "done"
    assert entries(share) == [5]


def test_a_captains_day_of_which_one_number_is_refused_is_put_right_without_telling_the_others_twice() -> (
    None
):
    group = make.group()
    captain = captain_of(group)
    share = make.started(90, maker=group)
    parts = [make.passed(share, house, 30) for house in group.houses.order_by("pk")[:2]]
    _link, address = bundle_for(captain, share.line.order)
    wrong = {f"p{parts[0].pk}": "8", f"p{parts[1].pk}": "31"}
    told = send(f"{address}hasil/", share, digits=digits(captain), **wrong)
    assert told["state"] == "refused"
    assert entries(share) == [8]
    right = wrong | {f"p{parts[1].pk}": "30"}
    for _time in range(2):
        assert send(f"{address}hasil/", share, digits=digits(captain), **right)["state"] == "done"
    assert entries(share) == [8, 30]


def test_a_member_tells_the_own_pieces_once() -> None:
    group = make.group()
    share = make.started(90, maker=group)
    part = make.passed(share, group.houses.order_by("pk")[0], 30)
    address = own_link(part)
    for _time in range(2):
        assert send(address, share, quantity="9", digits=digits(part.person))["state"] == "done"
    assert entries(share) == [9]


def test_a_copy_of_the_page_belongs_to_the_link_whatever_page_of_it_this_is() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    answer = phone().get(f"{address}hasil/")
    assert answer.headers["X-Lumbung-Keep"] == address
    assert f'data-entry="made" data-owner="{address}"' in answer.content.decode()
