"""The table of query budgets: each page asks the database at most so often, however much it shows.

A page that needs more says so here, where somebody sees it. Time is measured at size by `benchmarks/at_size.py`.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lumbung.banking.models import BankFile, Statement
from lumbung.complaints.models import Complaint
from lumbung.letters.models import Letter
from lumbung.letters.rules.issuing import secret_of
from lumbung.lots.models import Holding, Lot, MaterialKind, Recall, Store
from lumbung.makers.models import Maker
from lumbung.money.models import Payment, Standing
from lumbung.objections.models import Objection
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Share, Split
from lumbung.people.models import Person
from lumbung.production.models import Making
from lumbung.scorecards.models import Flag

pytestmark = pytest.mark.usefixtures("demo")

PEOPLE = {
    "officer": "rohani@contoh.test",
    "decider": "suherman@contoh.test",
    "auditor": "nuraini@contoh.test",
    "treasurer": "zaini@contoh.test",
    "regency": "halimah@contoh.test",
}
BUDGETS = {
    ("visitor", "/"): 8,
    ("visitor", "/cara-kerja/"): 4,
    ("visitor", "/pesanan/"): 6,
    ("visitor", "/kuota/{order}/"): 5,
    ("visitor", "/kuota/{order}/mengapa/"): 22,
    ("visitor", "/kuota/{order}/mengapa/{line}/desa/"): 8,
    ("visitor", "/giliran/"): 6,
    ("visitor", "/desa-prioritas/"): 3,
    ("officer", "/meja/"): 62,
    ("decider", "/meja/"): 25,
    ("auditor", "/meja/"): 21,
    ("regency", "/meja/"): 20,
    ("officer", "/pelaku/"): 11,
    ("regency", "/pelaku/"): 12,
    ("officer", "/pelaku/?text=siti"): 9,
    ("officer", "/pelaku/{maker}/"): 48,
    ("officer", "/pelaku/kembar/"): 8,
    ("regency", "/pelaku/sertifikat/"): 9,
    ("officer", "/pelaku/impor/"): 7,
    ("officer", "/pesanan/"): 10,
    ("officer", "/pesanan/{order}/"): 30,
    ("officer", "/pesanan/{order}/bagian/"): 13,
    ("officer", "/pesanan/{order}/bagian/{share}/"): 16,
    ("officer", "/pesanan/{order}/kirim/"): 12,
    ("officer", "/pesanan/{order}/alasan/"): 14,
    ("officer", "/pesanan/{order}/{line}/kelayakan/"): 27,
    ("officer", "/pesanan/{order}/{line}/pembagian/{split}/"): 18,
    ("officer", "/pesanan/{made}/{made_line}/standar/"): 13,
    ("officer", "/pesanan/{made}/{made_line}/pembuatan/"): 11,
    ("officer", "/pesanan/{made}/bagian/{made_share}/pembuatan/"): 14,
    ("officer", "/giliran/pelaku/"): 16,
    ("officer", "/pesanan/keberatan/"): 7,
    ("officer", "/pesanan/keberatan/{objection}/"): 15,
    ("officer", "/keluhan/daftar/"): 8,
    ("officer", "/keluhan/{complaint}/"): 24,
    ("visitor", "/keluhan/"): 3,
    ("officer", "/rekam-jejak/"): 13,
    ("officer", "/rekam-jejak/{recorded}/"): 16,
    ("officer", "/rekam-jejak/keterangan/"): 8,
    ("officer", "/tanda/"): 14,
    ("officer", "/tanda/{flag}/"): 14,
    ("officer", "/tanpa-pesanan/"): 10,
    ("officer", "/pesanan/{order}/surat/"): 14,
    ("officer", "/pesanan/{order}/surat/spk/"): 16,
    ("officer", "/surat/terbit-sendiri/"): 9,
    ("officer", "/surat/"): 9,
    ("officer", "/surat/?kind=spk&sort=number"): 9,
    ("officer", "/surat/{letter}/"): 12,
    ("decider", "/surat/kop/"): 10,
    ("visitor", "/surat/periksa/{code}/"): 3,
    ("treasurer", "/uang/"): 12,
    ("treasurer", "/uang/bank/"): 8,
    ("treasurer", "/uang/bank/{bank_file}/"): 9,
    ("treasurer", "/uang/bank/baru/{payer}/"): 14,
    ("treasurer", "/uang/bank/mutasi/"): 6,
    ("treasurer", "/uang/bank/mutasi/{statement}/"): 8,
    ("treasurer", "/uang/umur/"): 6,
    ("treasurer", "/uang/bagian/{standing}/"): 26,
    ("treasurer", "/uang/tagihan/"): 10,
    ("treasurer", "/uang/pembayaran/"): 8,
    ("treasurer", "/uang/pembayaran/{payment}/"): 16,
    ("treasurer", "/uang/harga/"): 9,
    ("treasurer", "/uang/pajak/"): 6,
    ("treasurer", "/uang/rekening/"): 10,
    ("treasurer", "/uang/rekening/mitra/{payee}/"): 12,
    ("officer", "/gudang/"): 14,
    ("officer", "/gudang/serah/{handing}"): 24,
    ("officer", "/gudang/pegangan/{holding}/"): 30,
    ("officer", "/gudang/gerak/"): 14,
    ("officer", "/gudang/neraca/"): 16,
    ("officer", "/gudang/lot/"): 12,
    ("officer", "/gudang/lot/{lot}/"): 40,
    ("regency", "/gudang/neraca/"): 20,
    ("officer", "/gudang/penarikan/{recall}/"): 20,
    ("visitor", "/lot/{lot}/"): 12,
    ("auditor", "/catatan/"): 16,
    ("auditor", "/catatan/periksa/"): 6,
    ("decider", "/dinas/akun/"): 6,
}


def places() -> dict[str, object]:
    """The order with the most makers, and what belongs to it."""
    decided = Split.objects.filter(state=SplitState.DECIDED, parent__isnull=True)
    split = decided.select_related("line__order").order_by("-makers", "pk")[0]
    letter = Letter.objects.filter(replaces__isnull=False).order_by("pk")[0]
    standing = Standing.objects.order_by("pk")[1]
    begun = (
        Making.objects.select_related("share__line__order")
        .filter(share__parts__isnull=False)
        .order_by("pk")[0]
    )
    material = MaterialKind.objects.filter(tracks_lots=False).order_by("pk")[0]
    store = Store.objects.order_by("pk")[0]
    subject = Holding.objects.exclude(subject="").order_by("pk")[0].subject
    line = Share.objects.get(pk=int(subject.partition(":")[2])).line_id
    return {
        "order": split.line.order.code,
        "line": split.line_id,
        "split": split.number,
        "share": Share.objects.filter(line=split.line).order_by("pk")[0].pk,
        "standing": standing.share,
        "payee": standing.payee,
        "payer": standing.payer,
        "bank_file": BankFile.objects.order_by("pk")[0].pk,
        "statement": Statement.objects.order_by("pk")[0].pk,
        "payment": Payment.objects.order_by("pk")[0].pk,
        "made": begun.share.line.order.code,
        "made_line": begun.share.line_id,
        "made_share": begun.pk,
        "maker": Maker.objects.order_by("pk")[0].pk,
        "letter": letter.pk,
        "code": secret_of(letter),
        "complaint": Complaint.objects.order_by("pk")[0].code,
        "flag": Flag.objects.order_by("pk")[0].pk,
        "recorded": Flag.objects.order_by("-pk")[0].makers.all()[0].pk,
        "handing": f"?material={material.pk}&store={store.pk}&subject=line:{line}",
        "holding": Holding.objects.filter(excess_bp__gt=0).order_by("pk")[0].pk,
        "lot": Lot.objects.filter(uses__isnull=False, state="recalled").order_by("pk")[0].code,
        "recall": Recall.objects.order_by("pk")[0].code,
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
