"""Commands speak Indonesian, or what was asked for."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from foundation.management.speaking import language_of_the_machine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "nl_NL.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
    ],
)
def test_the_machine_says_its_language(monkeypatch, variables, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_of_the_machine() == language


def test_called_from_python_it_speaks_the_language_that_is_on(capsys):
    with translation.override("en"):
        call_command("check_records")
    assert capsys.readouterr().out == "0 records, 0 seals: all in order.\n"
    call_command("check_records", lang="en")
    assert "all in order" in capsys.readouterr().out
    assert translation.get_language() == "id"


@pytest.mark.parametrize(
    ("given", "lang", "said"),
    [
        ([], "C", "Tidak ada provinsi bernama “Atlantis”."),
        (["--lang", "en"], "C", "No province is called “Atlantis”."),
        (["--language", "id"], "en_US.UTF-8", "Tidak ada provinsi bernama “Atlantis”."),
        ([], "en_US.UTF-8", "No province is called “Atlantis”."),
    ],
)
def test_from_the_shell(given, lang, said):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LC_")} | {"LANG": lang}
    environment["PYTHONPATH"] = "src"
    command = [sys.executable, "manage.py", "load-places", "--province", "Atlantis", *given]
    run = subprocess.run(
        command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert said in run.stderr
