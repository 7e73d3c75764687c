"""What was handed over waits on the desk of who inspects, of who presses the makers, and of who writes the price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from lumbung.deliveries import actions
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.tests import factories as make
from lumbung.desk.queries import tasks_of
from lumbung.desk.queries.deliveries import for_handlers
from lumbung.desk.tests.browsing import page
from lumbung.money.tests import factories as money
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.people.models import Person

pytestmark = pytest.mark.django_db
LIST = "/penyerahan/?state="


@pytest.fixture
def people() -> Cast:
    return cast()


def told(who: Person) -> list[tuple[int, str]]:
    """The rows about deliveries, with the pages to which they lead."""
    rows = [(task.number, task.url) for task in tasks_of(who)]
    return [row for row in rows if row[1].startswith(("/penyerahan/", "/uang/harga/"))]


def late(delivery: Delivery) -> None:
    """As if everything about it had happened eight days ago."""
    before = clock.now() - timedelta(days=8)
    delivery.moves.update(made_at=before)


def test_an_inspector_goes_straight_to_the_one_that_waits_and_an_officer_to_the_list(people: Cast) -> None:
    inspector = make.inspector()
    made = make.delivery(100)
    assert told(inspector) == [(1, f"/penyerahan/{made.code}/periksa/")]
    assert told(people.officer) == [(1, f"{LIST}open")]
    assert told(people.auditor) == told(people.decider) == []
    make.delivery(100)
    assert told(inspector) == [(2, f"{LIST}open")]
    assert made.code in page(f"{LIST}open", people.officer)


def test_pieces_are_late_in_rework_only_after_the_days_that_were_agreed(people: Cast, settings) -> None:
    made = make.delivery(100)
    actions.close_inspection(delivery=made, accepted=90, findings=[make.rework(10)], by=make.RAHMAT)
    money.price(f"line:{made.share.line_id}")
    actions.raise_what_is_owed(line_id=made.share.line_id, by=make.RAHMAT)
    assert told(people.officer) == []
    late(made)
    assert told(people.officer) == [(1, f"/penyerahan/{made.code}/")]
    assert made.code in page(f"{LIST}overdue", people.officer)
    settings.REWORK_DAYS = 9
    assert told(people.officer) == []


def test_what_came_back_lately_does_not_make_the_old_ones_young(people: Cast) -> None:
    made = make.delivery(100)
    actions.close_inspection(delivery=made, accepted=60, findings=[make.rework(40)], by=make.RAHMAT)
    late(made)
    assert [url for _number, url in told(people.officer)][-1] == f"/penyerahan/{made.code}/"
    actions.second_inspection(delivery=made, accepted=40, by=make.RAHMAT)
    assert all("harga" in url for _number, url in told(people.officer))


def test_passed_pieces_without_a_price_lead_the_treasurer_to_the_price_sheet(people: Cast) -> None:
    made = make.delivery(100)
    actions.close_inspection(delivery=made, accepted=100, by=make.RAHMAT)
    order = made.share.line.order
    treasurer = people.by_role["treasurer"]
    assert told(treasurer) == [(1, f"/uang/harga/baru/?line={order.code}")]
    assert f'value="{order.code}"' in page(f"/uang/harga/baru/?line={order.code}", treasurer)
    assert told(make.inspector()) == []
    money.price(f"line:{made.share.line_id}")
    actions.raise_what_is_owed(line_id=made.share.line_id, by=make.RAHMAT)
    assert told(treasurer) == []


def test_two_queries_tell_all_three_and_one_tells_that_nothing_waits(people: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(for_handlers(people.officer))
        return len(queries)

    list(for_handlers(people.officer))  # roles are remembered
    assert asked() == 1
    for _number in range(3):
        made = make.delivery(100)
        actions.close_inspection(delivery=made, accepted=60, findings=[make.rework(20)], by=make.RAHMAT)
        late(made)
    assert len(list(for_handlers(people.officer))) == 3
    assert asked() == 2
