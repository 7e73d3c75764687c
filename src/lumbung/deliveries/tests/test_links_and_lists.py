"""By link: the own results, and nobody else's. Lists: narrowed, as Excel, asked equally often."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.sheets import open_grids
from lumbung.deliveries import actions
from lumbung.deliveries.tests import factories as make
from lumbung.deliveries.tests.browsing import browser, picture, text
from lumbung.orders.models import Order
from lumbung.orders.tests import factories as orders
from lumbung.orders.tests.offering import bundle_for, captain_of

pytestmark = pytest.mark.django_db


def test_a_maker_sees_the_own_results_by_link_and_nobody_elses(people):
    own = make.delivery(1_000)
    other = make.delivery(10, of=make.share(10, name="Rohana"))
    actions.close_inspection(delivery=own, accepted=812, findings=[make.rework(188)], by=make.RAHMAT)
    _link, secret = orders.link_to(own.share)
    client = Client(headers={"accept-language": "en"})
    page = text(client.get(f"/b/{secret}/penyerahan/"))
    assert own.code in page
    assert other.code not in page
    assert "188" in page
    assert "Seam or joint open" in page
    assert f"/b/{secret}/penyerahan/" in text(client.get(f"/b/{secret}/"))
    assert client.get("/b/0000000000000000/penyerahan/").status_code == 404


def test_a_photo_opens_by_the_own_link_only(people):
    own, other = make.delivery(10), make.delivery(10, of=make.share(10, name="Rohana"))
    photo = actions.Photo(picture(), "jahitan.png")
    actions.close_inspection(
        delivery=own, accepted=9, findings=[make.reject(1)], photos={0: photo}, by=make.RAHMAT
    )
    _link, secret = orders.link_to(own.share)
    _link, stranger = orders.link_to(other.share)
    client = Client()
    address = text(client.get(f"/b/{secret}/penyerahan/")).partition('<img src="')[2].partition('"')[0]
    assert client.get(address).getvalue()[:4] == b"RIFF"
    assert client.get(address.replace(secret, stranger)).status_code == 404


def test_a_captain_sees_the_groups(people):
    own = make.delivery(100)
    captain = captain_of(own.share.maker)
    _link, address = bundle_for(captain, make.order_of(own))
    page = text(Client(headers={"accept-language": "en"}).get(f"{address}penyerahan/"))
    assert own.code in page


# Lists


def test_the_sheet_holds_the_rows_of_the_list(people):
    made = make.delivery(100)
    response = browser(people.inspector).get(reverse("deliveries:export"))
    grid = open_grids(BytesIO(b"".join(response.streaming_content)))[0]
    assert [row[0] for row in grid.rows[1:]] == [made.code]


@pytest.mark.parametrize(("state", "found"), [("open", 1), ("rework", 1), ("rejected", 0), ("unpriced", 1)])
def test_the_list_is_narrowed(people, state, found):
    share = make.share(1_000)
    make.delivery(100, of=share)
    looked = make.delivery(100, of=share)
    actions.close_inspection(delivery=looked, accepted=90, findings=[make.rework(10)], by=make.RAHMAT)
    page = text(browser(people.inspector).get(reverse("deliveries:list"), {"state": state}))
    assert page.count('<td class="who">') == found


ASKED = ["deliveries:list", "deliveries:order", "deliveries:detail", "deliveries:find", "deliveries:receive"]


@pytest.mark.parametrize("name", ASKED)
def test_a_page_asks_the_database_as_often_for_many_as_for_one(people, name):
    share = make.share(1_000)
    made = make.delivery(10, of=share)
    actions.close_inspection(delivery=made, accepted=1, findings=[make.rework(2)], by=make.RAHMAT)
    args = {
        "deliveries:order": [make.order_of(made).code],
        "deliveries:detail": [made.code],
        "deliveries:receive": [share.pk],
    }.get(name, [])
    client, address = browser(people.inspector), reverse(name, args=args)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    asked()
    one = asked()
    for _ in range(3):
        make.delivery(10, of=share)
        make.share(10, name="Rohana")
        actions.close_inspection(delivery=made, accepted=1, findings=[make.rework(1)], by=make.RAHMAT)
    assert Order.objects.count() == 4
    assert asked() == one
