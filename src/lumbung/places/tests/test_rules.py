"""Distances, spellings, and what may be shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.places import rules
from lumbung.places.rules import MapPoint
from lumbung.places.rules.drawing import legend_quantities, radius, round_down

MATARAM, BIMA = (-8_583_333, 116_116_667), (-8_460_000, 118_726_667)
latitudes = st.integers(-90_000_000, 90_000_000)
longitudes = st.integers(-180_000_000, 180_000_000)
places = st.tuples(latitudes, longitudes)


class TestDistances:
    def test_a_degree_on_the_equator_is_111_195_metres(self):
        assert rules.great_circle_metres(0, 0, 0, 1_000_000) == 111_195

    def test_from_pole_to_pole_is_half_the_globe(self):
        assert rules.great_circle_metres(90_000_000, 0, -90_000_000, 0) == 20_015_115

    def test_london_to_paris_is_344_kilometres(self):
        metres = rules.great_circle_metres(51_507_400, -127_800, 48_856_600, 2_352_200)
        assert 343_000 < metres < 344_500

    def test_mataram_to_bima_is_about_287_kilometres(self):
        assert 286_000 < rules.great_circle_metres(*MATARAM, *BIMA) < 289_000

    def test_the_road_is_longer_by_the_factor_that_the_agency_sets(self, settings):
        settings.ROAD_FACTOR_PERCENT = 130
        assert rules.road_metres(0, 0, 0, 1_000_000) == 144_554
        settings.ROAD_FACTOR_PERCENT = 200
        assert rules.road_metres(0, 0, 0, 1_000_000) == 222_390

    @given(places, places)
    def test_there_is_as_far_as_back(self, here, there):
        assert rules.great_circle_metres(*here, *there) == rules.great_circle_metres(*there, *here)

    @given(places)
    def test_here_is_no_distance_away(self, here):
        assert rules.great_circle_metres(*here, *here) == 0

    @given(places, places, places)
    def test_a_detour_is_never_shorter_than_rounding_allows(self, a, b, c):
        direct = rules.great_circle_metres(*a, *c)
        assert direct <= rules.great_circle_metres(*a, *b) + rules.great_circle_metres(*b, *c) + 2

    @given(st.lists(places, min_size=1, max_size=20), st.lists(places, min_size=1, max_size=3))
    def test_many_at_once_are_as_far_as_one_by_one(self, many, few):
        found = rules.great_circle_metres_to_points([p[0] for p in many], [p[1] for p in many], few)
        one_by_one = [[rules.great_circle_metres(*here, *there) for there in few] for here in many]
        assert found.shape == (len(many), len(few))
        assert np.abs(found - np.array(one_by_one)).max() <= 1

    def test_many_roads_are_as_long_as_each_alone(self, settings):
        settings.ROAD_FACTOR_PERCENT = 130
        found = rules.road_metres_to_points([MATARAM[0]], [MATARAM[1]], [BIMA])
        assert found.tolist() == [[rules.road_metres(*MATARAM, *BIMA)]]


class TestSpelling:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Mamben Lauk", "Mamben Lauq"),
            ("Mamben Lauk", "desa mamben  lauk"),
            ("Mamben Daya", "Mamben Daye"),
            ("Perampuan", "Prampuan"),
            ("Batujai", "Batu Jai"),
            ("Labuhan Haji", "Labuan Haji"),
            ("Doro O'o", "Doro Oo"),
            ("Bug-Bug", "Bugbug"),
            ("Soeradadi", "Suradadi"),
        ],
    )
    def test_names_that_sound_alike_have_one_key(self, one, other):
        assert rules.search_key(one) == rules.search_key(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("Mamben Lauk", "Mamben Daya"), ("Kuta", "Kota Raja"), ("Leu", "Lenek")]
    )
    def test_different_names_keep_different_keys(self, one, other):
        assert rules.search_key(one) != rules.search_key(other)

    def test_a_name_that_is_only_a_kind_word_is_kept(self):
        assert rules.search_key("Desa") == "desa"

    @given(st.text(max_size=30))
    def test_any_text_has_a_key_of_plain_letters_and_digits(self, text):
        assert all(c.isascii() and c.isalnum() for c in rules.search_key(text))


def points(**makers: int) -> list[MapPoint]:
    """One row a maker: `a=7` is seven makers with ten pieces each in village 52.03.01.200a."""
    return [MapPoint(f"52.03.01.{name}", 10) for name, count in makers.items() for _ in range(count)]


class TestMarks:
    def test_makers_of_one_village_are_one_point(self):
        marks = rules.gather(points(a=3, b=1))
        assert [(p.village_code, p.quantity, p.makers) for p in marks.points] == [
            ("52.03.01.a", 30, 3),
            ("52.03.01.b", 10, 1),
        ]
        assert marks.quantities == {"52.03": 40}

    def test_a_village_is_open_only_while_nobody_in_it_has_a_share(self):
        open_rows = [MapPoint("52.03.01.a", 0, open=True), MapPoint("52.03.01.c", 0, open=True)]
        marks = rules.gather([*points(a=1), *open_rows])
        assert [(p.village_code, p.open) for p in marks.points] == [
            ("52.03.01.a", False),
            ("52.03.01.c", True),
        ]

    def test_who_is_neither_chosen_nor_eligible_is_not_on_the_map(self):
        assert rules.gather([MapPoint("52.03.01.a", 0)]).points == ()

    def test_a_small_village_counts_only_in_its_regency(self):
        marks = rules.merge_small(rules.gather(points(a=9, b=3, c=2)))
        assert [p.village_code for p in marks.points] == ["52.03.01.a"]
        assert marks.quantities == {"52.03": 140}
        assert marks.merged

    def test_one_small_village_takes_another_so_that_nobody_can_subtract(self):
        marks = rules.merge_small(rules.gather(points(a=9, b=6, c=1)))
        assert [p.village_code for p in marks.points] == ["52.03.01.a"]

    def test_a_regency_of_few_makers_shows_no_number_and_takes_another_with_it(self):
        rows = [MapPoint("52.08.01.a", 10)] + [MapPoint("52.05.01.a", 10)] * 6 + points(a=9)
        marks = rules.merge_small(rules.gather(rows))
        assert marks.withheld == {"52.08", "52.05"}
        assert marks.quantities == {"52.03": 90}
        assert [p.village_code for p in marks.points] == ["52.03.01.a"]

    def test_few_who_wait_are_not_shown_either(self):
        rows = [
            MapPoint("52.08.01.a", 0, open=True, makers=4),
            MapPoint("52.08.01.b", 0, open=True, makers=5),
        ]
        assert [p.village_code for p in rules.merge_small(rules.gather(rows)).points] == ["52.08.01.b"]

    def test_nothing_is_merged_where_every_village_is_large(self):
        marks = rules.gather(points(a=9, b=5))
        assert rules.merge_small(marks) == marks

    @given(
        st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)),
        st.dictionaries(st.sampled_from("rstu"), st.integers(1, 12)),
    )
    def test_what_is_hidden_is_never_a_group_smaller_than_five(self, here, there):
        rows = points(**here) + [MapPoint(f"52.08.01.{v}", 7) for v, n in there.items() for _ in range(n)]
        whole = rules.gather(rows)
        shown = rules.merge_small(whole)
        makers = {
            code: sum(p.makers for p in whole.points if p.regency_code == code) for code in whole.quantities
        }
        for regency in shown.quantities:
            seen = sum(p.makers for p in shown.points if p.regency_code == regency)
            hidden = makers[regency] - seen
            assert makers[regency] >= 5
            assert hidden == 0 or hidden >= 5
        assert all(p.makers >= 5 for p in shown.points)
        left_out = sum(makers[code] for code in shown.withheld)
        assert left_out == 0 or left_out >= 5 or not shown.quantities


class TestDrawing:
    def test_the_largest_circle_is_sixteen_pixels_and_area_follows_quantity(self):
        assert (radius(20_000, 20_000), radius(5_000, 20_000), radius(1, 20_000)) == ("16", "8", "2")

    @pytest.mark.parametrize(
        ("largest", "legend"),
        [
            (0, ()),
            (1, (1,)),
            (9, (3, 5)),
            (100, (5, 30, 100)),
            (15_800, (1_000, 5_000, 15_000)),
            (2_000_000, (100_000, 500_000, 2_000_000)),
        ],
    )
    def test_the_legend_shows_round_numbers(self, largest, legend):
        assert legend_quantities(largest) == legend

    @given(st.integers(1, 10**12))
    def test_a_round_number_is_never_larger_nor_less_than_half(self, quantity):
        assert round_down(quantity) <= quantity < 2 * round_down(quantity)
