"""The table of query budgets: each page asks the database at most so often, however much it shows.

A page that needs more says so here, where somebody sees it. Time is measured at size by `benchmarks/at_size.py`.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lumbung.makers.models import Maker
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Objection, Share, Split
from lumbung.people.models import Person

pytestmark = pytest.mark.usefixtures("demo")

PEOPLE = {
    "officer": "rohani@contoh.test",
    "decider": "suherman@contoh.test",
    "auditor": "nuraini@contoh.test",
    "regency": "halimah@contoh.test",
}
BUDGETS = {
    ("visitor", "/"): 8,
    ("visitor", "/cara-kerja/"): 4,
    ("visitor", "/pesanan/"): 6,
    ("visitor", "/kuota/{order}/"): 5,
    ("visitor", "/kuota/{order}/mengapa/"): 20,
    ("visitor", "/giliran/"): 6,
    ("visitor", "/desa-prioritas/"): 3,
    ("officer", "/meja/"): 33,
    ("decider", "/meja/"): 20,
    ("auditor", "/meja/"): 17,
    ("regency", "/meja/"): 17,
    ("officer", "/pelaku/"): 11,
    ("regency", "/pelaku/"): 12,
    ("officer", "/pelaku/?text=siti"): 9,
    ("officer", "/pelaku/{maker}/"): 25,
    ("officer", "/pelaku/kembar/"): 8,
    ("regency", "/pelaku/sertifikat/"): 9,
    ("officer", "/pelaku/impor/"): 7,
    ("officer", "/pesanan/"): 10,
    ("officer", "/pesanan/{order}/"): 17,
    ("officer", "/pesanan/{order}/bagian/"): 13,
    ("officer", "/pesanan/{order}/bagian/{share}/"): 10,
    ("officer", "/pesanan/{order}/kirim/"): 12,
    ("officer", "/pesanan/{order}/alasan/"): 13,
    ("officer", "/pesanan/{order}/{line}/kelayakan/"): 27,
    ("officer", "/pesanan/{order}/{line}/pembagian/{split}/"): 18,
    ("officer", "/giliran/pelaku/"): 16,
    ("officer", "/pesanan/keberatan/"): 7,
    ("officer", "/pesanan/keberatan/{objection}/"): 15,
    ("auditor", "/catatan/"): 10,
    ("auditor", "/catatan/periksa/"): 6,
    ("decider", "/dinas/akun/"): 6,
}


def places() -> dict[str, object]:
    """The order with the most makers, and what belongs to it."""
    decided = Split.objects.filter(state=SplitState.DECIDED, parent__isnull=True)
    split = decided.select_related("line__order").order_by("-makers", "pk")[0]
    return {
        "order": split.line.order.code,
        "line": split.line_id,
        "split": split.number,
        "share": Share.objects.filter(line=split.line).order_by("pk")[0].pk,
        "maker": Maker.objects.order_by("pk")[0].pk,
        "objection": Objection.objects.order_by("pk")[0].code,
    }


@pytest.mark.parametrize(
    ("role", "address"), BUDGETS, ids=lambda told: told.replace("/", " ").strip() or "front"
)
def test_a_page_stays_within_its_budget_of_queries(role: str, address: str) -> None:
    client, path = Client(), address.format(**places())
    if role in PEOPLE:
        client.force_login(Person.objects.get(email=PEOPLE[role]))
    client.get(path)  # what is kept between requests is kept now
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= BUDGETS[role, address], "\n".join(row["sql"][:200] for row in asked.captured_queries)
