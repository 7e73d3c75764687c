"""Server time of every list, search and page with 100,000 makers, as each role that has it, beside a raw read by key.

    python benchmarks/at_size.py [--folder /tmp/at-size] [--makers 100000] [--database postgresql://…] [--only WORD]

The database is built once in --folder (or in --database, which must be empty) and used again. Each page is asked for
--requests times with different pages, filters and search words, in --rounds: the quietest round counts, and the worst
stands beside it. The time is the processor's, of the whole request within the server and of the database behind it, so
that a busy machine changes it little; the time on the wall stands beside it. The raw read is one row of the makers by
its key, in the same database and run. Queries are counted in a run of their own. Ends with status 1 when a page's p95
lies over --limit milliseconds.
"""

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path("/tmp/lumbung-at-size"))
    parser.add_argument("--database", default="")
    parser.add_argument("--makers", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--only", default="", help="pages with this word in their name or role")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser.parse_args()


def set_up(wanted: argparse.Namespace) -> None:
    wanted.folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"LUMBUNG_VAR": str(wanted.folder), "DATABASE_URL": wanted.database, "LUMBUNG_DEMO": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]
    import django

    django.setup()


def filled(wanted: argparse.Namespace) -> None:
    """Build the province unless it stands already."""
    import province
    from django.core.management import call_command
    from django.db import connection

    from lumbung.makers.models import Maker

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Maker.objects.exists():
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    province.build(province.Size(wanted.makers), lambda told: print(told, flush=True))


@dataclass(frozen=True)
class Page:
    """One kind of page: who opens it, and which addresses."""

    name: str
    roles: tuple[str, ...]
    addresses: Callable[[Random], str]


ACCOUNTS = {
    "officer": "rohani@contoh.test",
    "decider": "suherman@contoh.test",
    "auditor": "nuraini@contoh.test",
    "regency": "halimah@contoh.test",
    "buyer": "sudarma@contoh.test",
}
MAKERS = {"maker": "workshop", "captain": "group"}
WORDS = (
    "sahnim",
    "rohana mah",
    "zaenab",
    "ud",
    "mataram",
    "rumah jahit amir",
    "xyzzy",
    "mustafa munir",
    "kelompok siti",
    "a",
)


def pages() -> Iterator[Page]:
    """Every list, search, desk and map of the system."""
    from lumbung.makers.models import Maker
    from lumbung.orders.models import Order, Share, Split
    from lumbung.records.models import Record

    most = Maker.objects.count()
    mask = Order.objects.filter(
        lines__kind="masker-kain", published_at__isnull=False, cancelled_at__isnull=True
    )
    masks = mask.order_by("-pk")[0]
    line = masks.lines.get()
    splits = list(Split.objects.filter(state="decided").select_related("line__order"))
    shares = list(Share.objects.values_list("pk", "line__order__code")[:5_000])
    captains = list(
        Share.objects.filter(maker__kind="group", state="offered")
        .exclude(maker__owner__phone="")
        .values_list("maker__owner", "line__order__code")
    )
    codes = list(Order.objects.values_list("code", flat=True))
    records = Record.objects.order_by("-pk").values_list("pk", flat=True)[0]
    kinds = sorted({split.line.kind_id for split in splits})
    staff = ("officer", "decider", "auditor", "regency")
    inside = ("officer", "decider", "auditor")

    def of_split(chance: Random, end: str) -> str:
        split = chance.choice(splits)
        return f"/pesanan/{split.line.order.code}/{end.format(line=split.line_id, number=split.number)}"

    def villages(chance: Random) -> str:
        split = chance.choice(splits)
        after = chance.choice(list(split.village_sums.values_list("village_id", flat=True)))
        return f"/kuota/{split.line.order.code}/mengapa/{split.line_id}/desa/?after={after[:5]}%2F{after}"

    yield Page("desk", (*ACCOUNTS, *MAKERS), lambda c: "/meja/")
    yield Page("front", ("visitor",), lambda c: "/")
    yield Page("makers", staff, lambda c: f"/pelaku/?after={c.randint(1, most)}&first={c.randint(1, 9999)}")
    yield Page("makers, search", staff, lambda c: f"/pelaku/?text={c.choice(WORDS)}")
    yield Page(
        "makers, filter",
        staff,
        lambda c: (
            f"/pelaku/?regency=52.0{c.randint(1, 8)}&kind={c.choice(('masker-kain', 'besek-bambu', ''))}"
            f"&state={c.choice(('', 'active', 'paused'))}"
            + c.choice(("", f"&after={c.randint(1, most)}&first={c.randint(1, 9999)}"))
        ),
    )
    yield Page("maker", staff[:3], lambda c: f"/pelaku/{c.randint(1, most)}/")
    yield Page("twins", staff, lambda c: "/pelaku/kembar/")
    yield Page("certificates ending", staff, lambda c: "/pelaku/sertifikat/")
    yield Page(
        "orders",
        (*inside, "buyer", "visitor"),
        lambda c: f"/pesanan/?after={c.choice(('', c.randint(1, 1500)))}",
    )
    yield Page(
        "orders, search",
        (*inside, "buyer", "visitor"),
        lambda c: (
            f"/pesanan/?q={c.choice(('masker', 'tas 4', 'PSN-2026-00', 'sosial', 'xyzzy'))}"
            f"&state={c.choice(('', 'draft', 'published', 'full', 'offered', 'cancelled'))}"
        ),
    )
    yield Page("order", inside, lambda c: f"/pesanan/{c.choice(codes)}/")
    yield Page("order, split", inside, lambda c: of_split(c, ""))
    yield Page(
        "shares", inside, lambda c: of_split(c, f"bagian/?after={c.choice(('', c.choice(shares)[0]))}")
    )
    yield Page(
        "shares, search",
        inside,
        lambda c: of_split(
            c,
            f"bagian/?q={c.choice(WORDS)}&state={c.choice(('', 'offered', 'accepted', 'unsent', 'lapsed'))}",
        ),
    )
    yield Page("share", inside, lambda c: "/pesanan/{1}/bagian/{0}/".format(*c.choice(shares)))
    yield Page("sending", ("officer",), lambda c: of_split(c, "kirim/"))
    yield Page(
        "sending, lists",
        ("officer",),
        lambda c: of_split(c, f"kirim/?daftar={c.choice(('kapten', 'lembar', 'terkirim'))}"),
    )
    yield Page(
        "sending, captain",
        ("officer",),
        lambda c: "/pesanan/{1}/kirim/kapten/{0}/".format(*c.choice(captains)),
    )
    yield Page("split", inside, lambda c: of_split(c, "{line}/pembagian/{number}/"))
    yield Page(
        "eligibility, many",
        inside,
        lambda c: f"/pesanan/{masks.code}/{line.pk}/kelayakan/?able={c.randint(0, most)}",
    )
    yield Page(
        "eligibility, some", inside, lambda c: of_split(c, f"{{line}}/kelayakan/?unable={c.randint(0, 2000)}")
    )
    yield Page("not split yet", inside, lambda c: f"/pesanan/{masks.code}/{line.pk}/pembagian/")
    yield Page("quota", ("visitor",), lambda c: f"/kuota/{c.choice(splits).line.order.code}/")
    yield Page("why", ("visitor",), lambda c: f"/kuota/{c.choice(splits).line.order.code}/mengapa/")
    yield Page("why, villages", ("visitor",), villages)
    yield Page("ledger", ("visitor",), lambda c: f"/giliran/?kind={c.choice(kinds)}")
    yield Page(
        "ledger, makers",
        inside,
        lambda c: (
            f"/giliran/pelaku/?kind={c.choice(kinds)}&regency={c.choice(('', f'52.0{c.randint(1, 8)}'))}"
            f"&text={c.choice(('', *WORDS))}&after={c.choice((0, c.randint(1, most)))}"
        ),
    )
    yield Page(
        "reasons",
        ("officer",),
        lambda c: of_split(c, f"alasan/?daftar={c.choice(('', 'kapten', 'terkirim'))}"),
    )
    yield Page(
        "objections",
        inside,
        lambda c: (
            f"/pesanan/keberatan/?state={c.choice(('', 'open', 'late'))}&q={c.choice(('', 'KBR', 'tas'))}"
        ),
    )
    yield Page("records", ("auditor",), lambda c: f"/catatan/?before={c.randint(1, records)}")
    yield Page(
        "records, filter",
        ("auditor",),
        lambda c: (
            f"/catatan/?subject={c.choice(('', f'maker:{c.randint(1, most)}'))}"
            f"&deed={c.choice(('', 'makers.changed', 'orders.share_accepted'))}"
        ),
    )
    yield Page("record", ("auditor",), lambda c: f"/catatan/{c.randint(1, records)}/")
    yield Page("records, check", ("auditor",), lambda c: "/catatan/periksa/")


@dataclass(frozen=True)
class Round:
    """Times of one round, in milliseconds."""

    p50: float
    p95: float
    wall: float


@dataclass(frozen=True)
class Measured:
    page: str
    role: str
    p50: float
    p95: float
    worst: float
    wall: float
    queries: int
    kilobytes: int


def measure(page: Page, role: str, *, requests: int, rounds: int) -> Measured:
    from django.test import Client

    client = Client()
    if role != "visitor":
        client.force_login(who(role), backend="config.accounts.Backend")
    largest, queries = warm(client, page, role)
    times = [one_round(client, page, role, requests) for _ in range(rounds)]
    best, worst = min(times, key=lambda one: one.p95), max(one.p95 for one in times)
    return Measured(page.name, role, best.p50, best.p95, worst, best.wall, queries, largest // 1024)


def warm(client: Any, page: Page, role: str) -> tuple[int, int]:
    """The first requests of a page, which are not timed: its largest answer, and the most queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chance, largest, queries = Random(f"{page.name} {role} first"), 0, 0
    for _ in range(5):
        address = page.addresses(chance)
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} as {role}: {answer.status_code}")
        largest, queries = max(largest, len(answer.content)), max(queries, len(counted))
    return largest, queries


def one_round(client: Any, page: Page, role: str, requests: int) -> Round:
    """The same addresses in each round, and nothing kept from the one before."""
    from django.core.cache import cache

    chance, times, walls = Random(f"{page.name} {role}"), [], []
    cache.clear()
    client.get(page.addresses(chance))
    for _ in range(requests):
        address = page.addresses(chance)
        started, spent = time.perf_counter(), processor_time()
        answer = client.get(address)
        times.append((processor_time() - spent) * 1000)
        walls.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} as {role}: {answer.status_code}")
    return Round(statistics.median(times), p95(times), p95(walls))


def who(role: str) -> Any:
    from lumbung.people.models import Person

    if role in MAKERS:
        owners = Person.objects.exclude(password="").filter(owned_makers__kind=MAKERS[role])
        return owners.order_by("pk")[0]
    return Person.objects.get(email=ACCOUNTS[role])


def processor_time() -> float:
    """Seconds of processor time of this process, and of the database's process behind its connection."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
        spent += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    return spent


def p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def raw_read(count: int = 2_000) -> float:
    """p95 of one row by its key, in milliseconds."""
    from django.db import connection

    from lumbung.makers.models import Maker

    most, chance, times = Maker.objects.count(), Random(1), []
    with connection.cursor() as cursor:
        for _ in range(count):
            key = chance.randint(1, most)
            started = processor_time()
            cursor.execute("SELECT * FROM makers_maker WHERE id = %s", [key])
            cursor.fetchone()
            times.append((processor_time() - started) * 1000)
    return p95(times)


def machine() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    cores = f"{platform.machine()}, {os.cpu_count()} cores"
    return f"{cores}, Python {platform.python_version()}, {connection.vendor} {version}"


def main() -> None:
    wanted = options()
    set_up(wanted)
    filled(wanted)
    if wanted.build_only:
        return
    raw = raw_read()
    gc.collect()
    gc.freeze()  # as `lumbung serve` does
    print(f"{machine()}; {wanted.makers} makers; one raw row by key: p95 {raw:.3f} ms")
    heads = f"{'p50 ms':>7} {'p95 ms':>8} {'worst':>7} {'wall':>7} {'× raw':>8} {'queries':>7} {'kB':>5}"
    print(f"{'page':<22} {'role':<9} {heads}")
    found = []
    for page in pages():
        for role in page.roles:
            if wanted.only not in f"{page.name} {role}":
                continue
            one = measure(page, role, requests=wanted.requests, rounds=wanted.rounds)
            found.append(one)
            mark = " over" if one.p95 > wanted.limit else ""
            print(
                f"{one.page:<22} {one.role:<9} {one.p50:>7.1f} {one.p95:>8.1f} {one.worst:>7.1f} "
                f"{one.wall:>7.1f} {one.p95 / raw:>8.0f} {one.queries:>7} {one.kilobytes:>5}{mark}",
                flush=True,
            )
    if wanted.json:
        wanted.json.write_text(json.dumps([vars(one) for one in found], indent=1))
    over = [one for one in found if one.p95 > wanted.limit]
    print(f"{len(found)} pages and roles; {len(over)} over {wanted.limit} ms")
    sys.exit(bool(over))


if __name__ == "__main__":
    main()
