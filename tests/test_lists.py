"""Every list goes out as Excel: a page with a list offers it, or says here why not."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse

from foundation.sheets import open_grids
from lumbung.certification.tests.factories import certificate, scheme
from lumbung.makers.choices import MakerKind
from lumbung.makers.tests.factories import good, household, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.actions import note_personal_reads

ROOT = Path(__file__).resolve().parents[1]
WITHOUT = {
    "banking/file.html": "one bank file, which goes out as CSV",
    "money/share.html": "one share; the sheets of money, payments and claims hold its rows",
    "deliveries/detail.html": "the entries of one delivery; what it holds is in the sheet of deliveries",
    "deliveries/receive.html": "the deliveries of one share; all are in the sheet of deliveries",
    "certification/parts/of_maker.html": "a part of one maker's page",
    "organisations/account.html": "the roles of one account; the sheet of accounts holds them",
    "production/making.html": "the members of one share; the sheet of making holds what was made",
    "makers/review.html": "the few makers who may be one",
    "makers/detail.html": "one maker; what it lists is in the register's sheet",
    "makers/import.html": "the first rows only; each list has its own page",
    "makers/parts/imported.html": "a part of pages that offer it",
    "makers/parts/remarks.html": "a part of pages that offer it",
    "desk/parts/watch.html": "a part of the desk",
    "desk/parts/shares.html": "a part of the desk",
    "desk/replay.html": "one order told over again",
    "account/login.html": "demo accounts",
    "dossier/exports.html": "the few files of one order, each with its hash",
    "lots/parts/movements.html": "a part of pages; the sheet of movements holds them",
    "lots/parts/of_maker.html": "a part of one maker's page",
    "lots/lot.html": "one lot; the sheet of lots holds its makers",
    "lots/material.html": "the few norms of one material; the sheet of material holds them",
    "letters/head.html": "how one office signs, and the few kinds it numbers",
    "objections/reasons/queue.html": "a queue to be sent, whose rows the shares' sheet holds",
    "orders/sending/captains.html": "a queue to be sent, whose rows the shares' sheet holds",
}


def lists() -> list[Path]:
    found = [*(ROOT / "src").rglob("templates/**/*.html")]
    return [path for path in found if re.search(r"{% pages |<table class=\"table\">", path.read_text())]


def named(path: Path) -> str:
    return str(path).partition("/templates/")[2]


def offers_excel(text: str) -> bool:
    told = re.sub(r"\"objections:reason_sheet\"", "", text)  # a slip to print
    return bool(re.search(r"excel|_sheet\"|:sheet\"|_export\"", told))


@pytest.mark.parametrize("path", lists(), ids=named)
def test_a_page_with_a_list_offers_it_as_excel(path: Path) -> None:
    if not named(path).startswith("foundation/"):
        assert offers_excel(path.read_text()) != (named(path) in WITHOUT), named(path)


def test_no_page_is_excused_that_does_not_stand() -> None:
    assert set(WITHOUT) - {named(path) for path in lists()} == set()


SHEETS = {
    # address: rows below the headings
    "makers:sheet": 3,
    "makers:kinds_sheet": 1,
    "makers:twins_sheet": 2,
    "makers:houses_sheet": 1,
    "makers:imports_sheet": 0,
    "certification:schemes_sheet": 1,
    "banking:files_sheet": 0,
    "banking:statements_sheet": 0,
    "money:sheet": 0,
    "money:payments_sheet": 0,
    "money:claims_sheet": 0,
    "money:prices_sheet": 0,
    "money:taxes_sheet": 0,
    "money:accounts_sheet": 0,
    "certification:expiring_sheet": 1,
    "people:reads_sheet": 1,
    "letters:sheet": 0,
    "lots:store_sheet": 0,
    "lots:movements_sheet": 0,
    "lots:reconciliation_sheet": 0,
    "lots:lists_sheet": 0,
    "lots:lots_sheet": 0,
    "lots:recalls_sheet": 0,
    "orders:export": 0,
    "records:sheet": 0,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SHEETS)
def test_the_sheets_hold_the_rows_of_their_lists(client, name):
    village()
    troupe = cast()
    first = maker("Jahit Sahnim")
    certificate(good(first), under=scheme(), days=30)
    maker("Sahnim Jaya", owner=first.owner)
    circle = maker("Beriuk", kind=MakerKind.GROUP)
    household(circle)
    note_personal_reads(reader="person:999", page="/", fields="phone", persons=[troupe.officer.pk])
    client.force_login(troupe.officer)
    response = client.get(reverse(name, args=[circle.pk] if name == "makers:houses_sheet" else []))
    grids = open_grids(BytesIO(response.getvalue()))
    assert response.status_code == 200
    assert len(grids[0].rows) - 1 == SHEETS[name]


OPEN_TO = {
    "makers:kinds_sheet": {"officer"},
    "certification:schemes_sheet": {"officer"},
    "makers:twins_sheet": "office",
    "certification:expiring_sheet": "office",
    "makers:houses_sheet": {"officer"},
    "people:reads_sheet": "everybody",
    "letters:sheet": "office",
    "lots:store_sheet": "office",
    "lots:movements_sheet": "office",
    "lots:reconciliation_sheet": "office",
    "lots:lists_sheet": {"officer"},
    "lots:lots_sheet": "office",
    "lots:recalls_sheet": "office",
}
OFFICE = {
    "officer",
    "regency_officer",
    "decider",
    "treasurer",
    "inspector",
    "auditor",
    "data_protection_officer",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN_TO)
def test_a_sheet_opens_to_whom_its_list_opens(client, name):
    troupe = cast()
    far = village("52.02.01.2001", "Kuta")
    circle = maker("Beriuk", kind=MakerKind.GROUP, village=far)
    url = reverse(name, args=[circle.pk] if name == "makers:houses_sheet" else [])
    opened = set()
    for role, who in troupe.everybody():
        client.force_login(who)
        response = client.get(url)
        opened |= {role} if response.status_code == 200 and response.getvalue() else set()
    everybody = {role for role, _who in troupe.everybody()}
    assert opened == {"office": OFFICE, "everybody": everybody}.get(str(OPEN_TO[name]), OPEN_TO[name])
    client.logout()
    assert client.get(url).status_code == 302
