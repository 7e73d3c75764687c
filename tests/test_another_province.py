"""The whole way in a province that is not shipped: places from the package, an order, its split, its public page.

The points are INVENTED (`invented_points`): no geography, only distances that differ.
"""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from lumbung.orders.actions.ordering import create_order, publish_order, set_collection_points, set_line
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import Reason
from lumbung.orders.models import OrderLine, SplitRow
from lumbung.orders.queries.eligibility import eligibility_of
from lumbung.orders.tests import factories as make
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.tests.factories import party
from lumbung.places.models import Province, Regency, Village
from lumbung.places.tests.factories import invented_points

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(tmp_path, settings):
    """An order of 6,000 sheets in Bali, decided; the last village of the province has no point."""
    settings.TIME_ZONE_NAME, settings.REGION, settings.REGION_ENDS = "Wita", "Bali", []
    call_command("load_places", province=["51"], points=invented_points(tmp_path, "51", but=1), verbosity=0)
    villages = list(Village.objects.order_by("code"))
    for village in villages[::12]:
        for _ in range(6):
            make.tailor(village=village, weekly=200)
    make.tailor("Tanpa titik", village=villages[-1])
    terms = {"title": "Masker Bali", "due_on": make.clock.today() + make.timedelta(days=40)}
    terms |= {"delivery_village": villages[0], "delivery_place": "Kantor", "specification": "Katun."}
    order = create_order(terms=terms, buyer=party("Pembeli", PartyKind.BUYER), by="person:1")
    set_line(order=order, kind=make.masks(), size="", quantity=6_000, price_rupiah=3_400, by="person:1")
    set_collection_points(order=order, points=[("Balai", villages[0])], by="person:1")
    publish_order(order=order, by="person:1")
    found = compute_split(line=OrderLine.objects.get(), by="person:1")
    return decide_split(split=propose_split(split=found, by="person:1"), by="person:2")


def test_an_order_is_split_and_its_public_pages_show_that_province_alone(split):
    assert list(Province.objects.values_list("name", flat=True)) == ["Bali"]
    rows = SplitRow.objects.filter(split=split, quantity__gt=0)
    assert sum(row.quantity for row in rows) == 6_000
    visitor = Client(headers={"accept-language": "en"})
    pages = ["/", f"/kuota/{split.line.order.code}/", f"/kuota/{split.line.order.code}/mengapa/"]
    shown = [visitor.get(page).content.decode() for page in pages]
    assert "The industry of Bali lives in houses." in shown[0]
    assert "No coast is drawn" in shown[2]
    assert all(name in shown[2] for name in Regency.objects.values_list("short_name", flat=True))
    office = settings.OFFICE_NAME
    assert not re.search(r"Lombok|Sumbawa|NTB|Nusa Tenggara", "".join(shown).replace(office, ""))


def test_a_maker_in_a_village_without_a_point_is_told_why(split):
    refused = eligibility_of(split.line).refused
    left_out = [found for found, refusal in refused if refusal.reason == Reason.NO_POINT]
    assert len(left_out) == 1
    row = SplitRow.objects.get(split=split, maker__party__name="Tanpa titik")
    assert (row.eligible, row.reason) == (False, Reason.NO_POINT)
