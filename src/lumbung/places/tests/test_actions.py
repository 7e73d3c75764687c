"""Loading the shipped places, and refusing a wrong folder."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError
from django.utils import translation

from lumbung.places.actions import load_places
from lumbung.places.models import District, Province, Regency, Village
from lumbung.places.rules import WrongFolder
from lumbung.places.tests.factories import NTB, ntb, village
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(NTB, tmp_path / "ntb"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestLoading:
    def test_all_of_ntb_is_there(self):
        loaded = ntb()
        assert (loaded.province, loaded.villages, loaded.written) == ("52", 1166, 1294)
        assert (Province.objects.count(), Regency.objects.count(), District.objects.count()) == (1, 10, 117)
        assert Village.objects.filter(kind="desa").count() == 1021
        assert Village.objects.filter(kind="kelurahan").count() == 145

    def test_every_village_has_a_point_and_sixteen_take_their_districts(self):
        ntb()
        assert Village.objects.filter(location_source="village").count() == 1150
        assert Village.objects.filter(location_source="district").count() == 16
        newest = Village.objects.get(name="Lamunga")
        others = Village.objects.filter(district=newest.district, location_source="village")
        mean = round(sum(v.latitude_e6 for v in others) / len(others))
        assert (newest.location_source, newest.latitude_e6) == ("district", mean)

    def test_a_village_knows_its_name_place_and_postal_code(self):
        ntb()
        found = Village.objects.select_related("district__regency").get(name="Mamben Lauk")
        assert found.full_name == "Mamben Lauk, Wanasaba, Lombok Timur"
        assert found.coarse == "Mamben Lauk, Lombok Timur"
        assert len(found.postal_code) == 5
        assert str(found.district.regency.province) == "Nusa Tenggara Barat"

    def test_twice_changes_nothing_and_leaves_one_record(self):
        ntb()
        assert ntb().written == 0
        record = records_about("places:52").get()
        content = json.loads(record.content)
        assert (record.deed, content["villages"], content["written"]) == (
            "places.loaded",
            1166,
            1294,
        )
        assert len(content["sha256"]) == 64

    def test_a_changed_name_is_written_and_recorded(self, folder):
        ntb()
        replace(folder / "villages.csv", "Mamben Lauk", "Mamben Lauq")
        assert load_places(folder, by="test").written == 1
        assert Village.objects.get(name="Mamben Lauq").search_name == "mambenlauk"
        assert records_about("places:52").count() == 2

    def test_a_village_that_left_the_folder_is_kept_and_told(self):
        village("52.03.05.2999", "Hilang")
        assert ntb().gone == ("52.03.05.2999",)
        assert Village.objects.filter(code="52.03.05.2999").exists()


class TestTheCommand:
    def test_it_loads_what_is_shipped_and_shows_how_far_it_is(self, capsys):
        call_command("load_places")
        said = capsys.readouterr().out
        assert "villages: 1,166 of 1,166" in said
        assert "Nusa Tenggara Barat: 1,166 villages, 1,294 rows written." in said

    def test_a_wrong_folder_is_refused_with_a_sentence(self, tmp_path):
        with pytest.raises(
            CommandError, match=r"is not a folder of places: it lacks source\.toml, regencies\.csv"
        ):
            call_command("load_places", str(tmp_path))


class TestRefusing:
    @pytest.mark.parametrize(
        ("file", "old", "new", "sentence"),
        [
            ("villages.csv", "52.03.05.2003,", "52.03.05.203,", "“52.03.05.203” is not a code of this kind"),
            (
                "villages.csv",
                "52.03.05.2003,52.03.05",
                "52.03.05.2003,52.03.99",
                "52.03.05.2003 lies in “52.03.99”",
            ),
            (
                "villages.csv",
                "Mamben Lauk,desa",
                "Mamben Lauk,dusun",
                "“dusun” is not one of: desa, kelurahan",
            ),
            ("villages.csv", "Mamben Lauk,", ",", "52.03.14.2002 has no name"),
            ("villages.csv", ",-8680859,", ",-8.68,", "“-8.68” is not in millionths of a degree"),
            ("villages.csv", ",-8680859,", ",-98680859,", "“-98680859” is not in millionths"),
            (
                "villages.csv",
                "116123834,village",
                "116123834,guess",
                "“guess” is not one of: village, district, regency, none",
            ),
            ("villages.csv", "116123834,village", "116123834,none", "a point without its source"),
            ("villages.csv", "52.01.01.1004,", "52.01.01.1001,", "52.01.01.1001 stands there 2 times"),
            ("villages.csv", "postal_code", "kodepos", "lacks the columns: postal_code"),
            ("districts.csv", "52.01.01,52.01,", "52.01.01,52.02,", "52.01.01 lies in “52.02”"),
            (
                "source.toml",
                "villages = 1166",
                "villages = 1167",
                "holds 1166 rows; source.toml promises 1167",
            ),
            ("source.toml", 'name = "Nusa', 'nama = "Nusa', r"lacks in \[province\]: name"),
            ("source.toml", "[province]", "[province", "cannot be read"),
        ],
    )
    def test_a_fault_is_named_and_nothing_is_written(self, folder, file, old, new, sentence):
        replace(folder / file, old, new)
        with pytest.raises(WrongFolder, match=sentence):
            load_places(folder, by="test")
        assert Village.objects.count() == 0

    def test_a_file_that_is_not_utf_8_is_refused(self, folder):
        (folder / "villages.csv").write_bytes(b"code\n\xff\xfe")
        with pytest.raises(WrongFolder, match="cannot be read"):
            load_places(folder, by="test")

    def test_many_faults_are_told_in_one_pass_and_cut_off(self, folder):
        path = folder / "villages.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(",desa,", ",dusun,"), encoding="utf-8")
        with pytest.raises(WrongFolder) as refused:
            load_places(folder, by="test")
        lines = str(refused.value).splitlines()
        assert len(lines) == 13
        assert lines[-1] == "… and 1009 more."

    def test_no_point_is_stored_without_its_source(self):
        with pytest.raises(IntegrityError):
            Village.objects.filter(pk=village().pk).update(location_source="none")
