"""Finding villages, and the map."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from lumbung.places import queries
from lumbung.places.models import Village
from lumbung.places.rules import MapPoint
from lumbung.places.tests.factories import ntb, village

pytestmark = pytest.mark.django_db


def names(found) -> list[str]:
    return [village.name for village in found]


class TestFinding:
    @pytest.fixture(autouse=True)
    def the_villages(self):
        ntb()

    @pytest.mark.parametrize(
        "text", ["Mamben Lauk", "mamben lauq", "MAMBENLAUK", "desa Mamben Lauk", "Mamben Louk"]
    )
    def test_a_village_is_found_however_it_is_spelled(self, text):
        assert names(queries.search_villages(text))[0] == "Mamben Lauk"

    def test_a_part_of_the_name_is_enough(self):
        assert names(queries.search_villages("mamben")) == ["Mamben Baru", "Mamben Daya", "Mamben Lauk"]

    def test_what_stands_after_the_comma_narrows(self):
        assert [v.full_name for v in queries.search_villages("kuta, pujut")] == ["Kuta, Pujut, Lombok Tengah"]

    def test_a_code_is_understood(self):
        assert {v.district.name for v in queries.search_villages("52.01.01")} == {"Gerung"}

    def test_a_regency_may_be_given(self):
        assert queries.search_villages("mamben", regency_code="52.06") == []

    @pytest.mark.parametrize("text", ["", "  ", "!?", "qwxyzzy"])
    def test_nothing_is_found_for_nothing(self, text):
        assert queries.search_villages(text) == []

    def test_a_search_asks_the_database_at_most_thrice(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            assert [v.full_name for v in queries.search_villages("mambem lauk")]

    def test_what_a_person_wrote_is_read_as_one_village(self):
        for each in Village.objects.select_related("district__regency").filter(district__regency_id="52.71"):
            assert queries.villages_meant(each.full_name).exact == [each]
            assert queries.villages_meant(each.code).exact == [each]

    def test_two_villages_of_one_name_are_both_meant(self):
        assert len(queries.villages_meant("Kuta").exact) > 1
        assert names(queries.villages_meant("kuta, pujut").exact) == ["Kuta"]

    def test_what_is_spelled_otherwise_is_only_near(self):
        assert queries.villages_meant("Mamben Louk").exact == []
        assert "Mamben Lauk" in names(queries.villages_meant("Mamben Louk").near)


def rows(count: int) -> list[MapPoint]:
    """Every third village without a share, the others with growing quantities."""
    codes = Village.objects.values_list("code", flat=True)[:: 1166 // count][:count]
    return [
        MapPoint(code, 0 if n % 3 == 0 else 40 * n, open=n % 3 == 0, makers=6) for n, code in enumerate(codes)
    ]


def drawn(points, **kwargs) -> str:
    return render_to_string(
        "places/parts/map.html", {"map": queries.map_of(points, **kwargs), "unit": "lembar"}
    )


class TestTheMap:
    @pytest.fixture(autouse=True)
    def the_villages(self):
        ntb()

    def test_two_panels_hold_all_ten_regencies_and_every_number(self):
        points = rows(400)
        drawing = queries.map_of(points)
        assert [panel.name for panel in drawing.panels] == ["Lombok", "Sumbawa"]
        labels = [label for panel in drawing.panels for label in panel.wide_labels]
        assert len(labels) == 10
        assert sum(label.quantity for label in labels) == sum(point.quantity for point in points)

    def test_every_village_is_drawn_within_its_panel(self):
        drawing = queries.map_of(
            [MapPoint(code, 5) for code in Village.objects.values_list("code", flat=True)]
        )
        circles = [circle for panel in drawing.panels for circle in panel.circles]
        assert len(circles) == 1166
        assert all(0 < float(circle.x) < 100 and 0 < float(circle.y) < 100 for circle in circles)

    def test_four_hundred_villages_weigh_at_most_25_kilobytes(self):
        html = drawn(rows(400))
        assert html.count("<circle cx") == 400 + 4
        assert len(html.encode()) <= 25_000

    def test_the_map_asks_the_database_twice(self, django_assert_num_queries):
        points = rows(400)
        with django_assert_num_queries(2):
            queries.map_of(points)

    def test_a_strict_policy_finds_nothing_inline(self):
        html = drawn(rows(50))
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", html)

    def test_a_regency_without_a_share_stands_there_with_0(self):
        html = drawn([MapPoint("52.03.05.2003", 100)])
        assert html.count('class="map-none"') == 2 * 9
        assert "eligible" not in html

    def test_the_map_can_be_read_aloud(self):
        with translation.override("id"):
            html = drawn([MapPoint("52.03.05.2003", 1_234_567)])
        spoken = re.search(r'aria-label="([^"]+)"', html).group(1)
        assert "Lombok Timur 1.234.567" in spoken

    def test_the_public_sees_no_village_of_fewer_than_five_makers(self):
        points = [MapPoint("52.03.05.2003", 10, makers=4), MapPoint("52.03.05.2004", 10, makers=4)]
        with translation.override("en"):
            html = drawn(points, public=True)
        assert '<g class="map-filled"></g>' in html
        assert "counted only in their regency" in html

    def test_a_regency_of_too_few_shows_a_dash(self):
        with translation.override("en"):
            html = drawn([MapPoint("52.03.05.2003", 10, makers=4)], public=True)
        assert html.count(">–</text>") == 2
        assert "Lombok Timur fewer than five makers" in html

    def test_an_empty_map_still_shows_the_province(self):
        assert len(queries.map_of([]).panels) == 2


def test_a_village_without_a_point_counts_in_its_regency_only():
    village("52.03.14.2002", point=None)
    drawing = queries.map_of([MapPoint("52.03.14.2002", 5)])
    assert [panel.circles for panel in drawing.panels] == [(), ()]
    assert sum(label.quantity for panel in drawing.panels for label in panel.wide_labels) == 5
