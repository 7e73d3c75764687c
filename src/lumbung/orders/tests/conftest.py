import pytest
from django.test import Client

from lumbung.orders.management.commands.split import Command
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.orders.tests.two_sheets import MAKERS, ORDER, write
from lumbung.organisations.tests.factories import Cast, cast


@pytest.fixture
def people() -> Cast:
    make.village()
    return cast()


@pytest.fixture
def officer(people: Cast) -> Client:
    """The browser of an officer who is signed in."""
    return office.signed_in(people.officer)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """Run the command on rows or files; (status, what was printed, what was complained about)."""

    def run(makers=MAKERS, order=ORDER, *options):
        names = [
            str(write(folder / name, rows)) if isinstance(rows, list) else str(rows)
            for name, rows in (("makers.xlsx", makers), ("order.xlsx", order))
        ]
        status = 0
        try:
            Command().run_from_argv(["lumbung", "split", *names, *options])
        except SystemExit as end:
            status = end.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run
