"""Whose province this server is for: read from `data/places/`, never from the code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from lokal.provinces import PROVINCES

from config import province

PLACES = Path(settings.ROOT) / "data" / "places"


def test_the_only_shipped_province_is_taken_when_nothing_is_said():
    own = province.read(PLACES, "")
    assert (own.key, own.code, own.region, own.ends) == ("ntb", "52", "NTB", ("Ampenan", "Sape"))
    assert (own.time_zone, own.time_zone_name) == ("Asia/Makassar", "Wita")
    assert set(own.lesson) == {"id", "en"}


@pytest.mark.parametrize("wanted", ["ntb", "52", "Nusa Tenggara Barat", "nusa-tenggara-barat", " NTB "])
def test_a_province_is_known_by_folder_code_or_name(wanted):
    assert province.read(PLACES, wanted) == province.read(PLACES, "ntb")


def test_a_province_without_a_folder_has_its_official_name_and_its_time():
    own = province.read(PLACES, "Jawa Tengah")
    assert (own.key, own.code, own.region) == ("jawa-tengah", "33", "Jawa Tengah")
    assert own.office == "Pemerintah Provinsi Jawa Tengah"
    assert (own.time_zone, own.time_zone_name, own.ends, own.lesson) == ("Asia/Jakarta", "WIB", (), {})
    assert province.read(PLACES, "91").time_zone_name == "WIT"


def test_an_unknown_province_stops_the_start_and_says_the_repair():
    with pytest.raises(ImproperlyConfigured, match="PROVINCE is 'Atlantis': write a province's name or its"):
        province.read(PLACES, "Atlantis")


def test_two_shipped_provinces_must_be_told_apart(tmp_path):
    (tmp_path / "provinces.toml").write_bytes((PLACES / "provinces.toml").read_bytes())
    for key, code in (("ntb", "52"), ("bali", "51")):
        (tmp_path / key).mkdir()
        (tmp_path / key / "province.toml").write_text(f'code = "{code}"')
    with pytest.raises(ImproperlyConfigured, match="Set PROVINCE in the environment to one of: bali, ntb"):
        province.read(tmp_path, "")
    assert province.read(tmp_path, "bali").region == "Bali"


def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "provinces.toml").write_text("[codes")
    with pytest.raises(ImproperlyConfigured, match=r"provinces\.toml cannot be read"):
        province.read(tmp_path, "51")


def test_all_thirty_eight_provinces_have_their_official_name():
    shared = province._toml(PLACES / "provinces.toml")
    assert {row["code"]: row["name"] for row in shared["provinces"]["list"]} == dict(PROVINCES)
    assert len(PROVINCES) == 38


def test_every_setting_follows_the_province_and_may_still_be_set_alone(tmp_path):
    told = "from django.conf import settings as s; print(s.TIME_ZONE, s.REGION, s.OFFICE_NAME, s.REGION_ENDS)"
    given = {"PROVINCE": "bali", "OFFICE_NAME": "Kantor", "LUMBUNG_VAR": str(tmp_path)}
    environment = {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment["PYTHONPATH"] = str(Path(settings.ROOT) / "src")
    said = subprocess.run(
        [sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "Asia/Makassar Bali Kantor []"
