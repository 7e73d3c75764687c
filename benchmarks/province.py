"""A province of a hundred thousand makers, built by the same deeds as in life, for `at_size.py`.

Every maker sews masks, so that one order meets all of them; two in five make one of seven other kinds as well; one in
fifty is a captain's group.
Past orders of those kinds are split, decided, sent and partly answered; there are certificates, busy weeks, pauses,
entries that seem to be one, and a long list of orders and records. All names are invented.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from foundation import clock
from lumbung.certification.actions import NewCertificate, add_scheme, grant_certificates
from lumbung.certification.choices import Covers
from lumbung.makers.actions import add_kind, mark_busy_weeks, pause_maker, register_makers
from lumbung.makers.choices import MakerKind, Unit
from lumbung.makers.models import Good, GoodsKind, Maker
from lumbung.makers.rules import NewGood, NewMaker, mondays_from
from lumbung.objections.actions.objecting import file_objection
from lumbung.objections.choices import ObjectionAbout
from lumbung.orders.actions import ordering
from lumbung.orders.actions.answering import accept_share, decline_share
from lumbung.orders.actions.sending import mark_sent
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import DeclineReason, SentBy, SplitState
from lumbung.orders.models import Order, Share, Split
from lumbung.organisations.actions import found_party, give_role
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.actions import open_account, register_person, register_persons
from lumbung.people.choices import (
    DEMO_PASSWORD,
    Auditor,
    Buyer,
    Decider,
    Officer,
    RegencyOfficer,
    Role,
    Salutation,
)
from lumbung.people.models import Person
from lumbung.people.rules import NewPerson
from lumbung.places.models import Regency, Village
from lumbung.records.actions import leave_record, seal_all

BY = "command:benchmark"
MASKS = "masker-kain"
KINDS = (
    (MASKS, "Masker kain", "Cloth mask", Unit.SHEET, 3_400, 200),
    ("tas-ketak", "Tas ketak", "Ketak bag", Unit.PIECE, 46_000, 6),
    ("kain-tenun", "Kain tenun", "Woven cloth", Unit.SHEET, 180_000, 5),
    ("minyak-kelapa", "Minyak kelapa 1 liter", "Coconut oil, 1 litre", Unit.BOTTLE, 25_000, 90),
    ("gula-semut", "Gula semut 250 gram", "Palm sugar, 250 grams", Unit.PACK, 11_000, 80),
    ("seragam-sekolah", "Seragam sekolah", "School uniform", Unit.SET, 112_000, 8),
    ("keripik-singkong", "Keripik singkong", "Cassava crisps", Unit.PACK, 12_000, 100),
    ("besek-bambu", "Besek bambu", "Bamboo box", Unit.PIECE, 4_000, 120),
)
FIRST = "Sahnim Nurhayati Rohana Siti Hawa Zaenab Fatimah Rukayah Juminah Marlina Nurul Husniah Amir Mustafa".split()
LAST = "Zainuddin Mahsun Suhardi Hamzah Ridwan Bahri Junaidi Ahyar Iskandar Ibrahim Lukman Sanusi Yusuf Munir".split()
SHOPS = ("Usaha", "Rumah Jahit", "Kelompok", "UD", "Karya", "Dapur")
ONE_GROUP_IN = 50
"""So many makers to one captain's group, which has this many houses."""
HOUSES = 5


@dataclass(frozen=True)
class Size:
    makers: int
    orders: int = 1_000
    split_orders: int = 5
    answered: int = 200
    """Of each split order."""
    objections: int = 400
    """To each split order."""
    records: int = 50_000


def build(size: Size, tell: Callable[[str], None]) -> None:
    """Fill an empty, migrated database."""
    chance = Random(7)
    started = time.monotonic()

    def told(what: str) -> None:
        tell(f"{time.monotonic() - started:5.0f} s  {what}")

    call_command("load_places", verbosity=0)
    with transaction.atomic():
        cast = _cast()
    told("places and accounts")
    _register(size.makers, chance)
    _open_makers_accounts()
    told(f"{size.makers} makers")
    _live(size, chance)
    told("certificates, busy weeks, pauses")
    _take_in(size.orders, cast, chance)
    told(f"{size.orders} orders")
    for number in range(size.split_orders):
        _split_one(number, size, cast, chance)
    told(f"{size.split_orders} orders split, decided, sent, answered")
    _object(size)
    _masks(size, cast)
    with transaction.atomic():
        for number in range(size.records):
            leave_record(
                subject=f"maker:{number % size.makers + 1}",
                deed="makers.changed",
                by=cast.officer.key,
                content={},
            )
    seal_all(by=BY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told(f"{size.records} records more")


@dataclass(frozen=True)
class Cast:
    officer: Person
    head: Person
    buyers: Sequence[Party]


def _cast() -> Cast:
    """One account a role that has pages."""
    office = found_party(kind=PartyKind.OFFICE, name="Dinas Perindustrian", by=BY, is_demo=True)
    names = ("Dinas Sosial", "Dinas Pendidikan", "Koperasi Contoh")
    buyers = [found_party(kind=PartyKind.BUYER, name=name, by=BY, is_demo=True) for name in names]
    east = Regency.objects.get(pk="52.03")
    officer = _account("rohani", Officer, office)
    head = _account("suherman", Decider, office)
    _account("nuraini", Auditor, office)
    _account("halimah", RegencyOfficer, office, east)
    _account("sudarma", Buyer, buyers[0])
    return Cast(officer, head, buyers)


def _account(mail: str, role: type[Role], party: Party, regency: Regency | None = None) -> Person:
    person = register_person(full_name=mail.title(), email=f"{mail}@contoh.test", by=BY, is_demo=True)
    give_role(person=person, party=party, role=role, regency=regency, by=BY)
    return open_account(person, DEMO_PASSWORD, by=BY)


def _open_makers_accounts() -> None:
    """One of a workshop, one of a captain."""
    for kind in MakerKind:
        makers = Maker.objects.filter(kind=kind).exclude(owner__phone="").select_related("owner")
        open_account(makers.order_by("pk")[0].owner, DEMO_PASSWORD, by=BY)


def _villages(count: int, chance: Random) -> list[Village]:
    """A village for each maker: a few places hold many, most hold few."""
    villages = list(Village.objects.filter(latitude_e6__isnull=False).select_related("district__regency"))
    chance.shuffle(villages)
    weights = [1 / (rank + 20) for rank in range(len(villages))]
    return chance.choices(villages, weights, k=count)


def _register(count: int, chance: Random) -> None:
    with transaction.atomic():
        for code, name, name_en, unit, _price, _weekly in KINDS:
            add_kind(code=code, name=name, name_en=name_en, unit=unit, by=BY)
    villages = _villages(count, chance)
    for start in range(0, count, 10_000):
        part = villages[start : start + 10_000]
        with transaction.atomic():
            owners = register_persons(list(_persons(start, len(part), chance)), by=BY, is_demo=True)
            others = _persons_of_groups(len(range(0, len(part), ONE_GROUP_IN)), chance)
            houses = iter(register_persons(others, by=BY, is_demo=True))
            rows = [
                _entry(start + place, owner, village, chance)
                for place, (owner, village) in enumerate(zip(owners, part, strict=True))
            ]
            for place in range(0, len(rows), ONE_GROUP_IN):
                rows[place] = _as_group(rows[place], [next(houses) for _ in range(HOUSES - 1)])
            register_makers(rows, by=BY, is_demo=True)


def _persons(start: int, count: int, chance: Random) -> Iterator[NewPerson]:
    for number in range(start, start + count):
        phone = f"+6280{number:08d}" if chance.random() < 0.93 else ""
        yield NewPerson(f"{chance.choice(FIRST)} {chance.choice(LAST)}", Salutation.IBU, phone)


def _entry(number: int, owner: Any, village: Village, chance: Random) -> NewMaker:
    kinds = [KINDS[0]] + ([chance.choice(KINDS[1:])] if chance.random() < 0.4 else [])
    is_twin = chance.random() < 0.01
    return NewMaker(
        name=f"{chance.choice(SHOPS)} {owner.full_name}",
        owner=owner,
        village=village,
        house=f"Jl. Mawar {number}",
        bank_name="BRI",
        bank_account=f"88{(number // 200 if is_twin else number + 1_000_000):010d}",
        goods=[
            NewGood(
                code,
                price * chance.randint(85, 115) // 100,
                max(1, weekly * chance.randint(40, 220) // 100),
                1,
            )
            for code, _name, _en, _unit, price, weekly in kinds
        ],
        last_made_on=clock.today() - timedelta(days=chance.randint(5, 500)),
        registered_at=clock.now()
        - timedelta(days=chance.randint(30, 900), seconds=chance.randint(0, 86_400)),
    )


def _persons_of_groups(groups: int, chance: Random) -> list[NewPerson]:
    """The houses of so many groups, without the captains' own."""
    return [
        NewPerson(f"{chance.choice(FIRST)} {chance.choice(LAST)}", Salutation.IBU)
        for _ in range(groups * (HOUSES - 1))
    ]


def _as_group(entry: NewMaker, others: list[Person]) -> NewMaker:
    """The same place as a captain's group, whose houses make as much together."""
    goods = [replace(good, weekly_capacity=good.weekly_capacity * HOUSES) for good in entry.goods]
    return replace(
        entry,
        kind=MakerKind.GROUP,
        name=f"Kelompok {entry.owner.full_name}",
        goods=goods,
        households=[entry.owner, *others],
    )


def _live(size: Size, chance: Random) -> None:
    makers = list(Maker.objects.order_by("pk"))
    with transaction.atomic():
        for maker in chance.sample(makers, len(makers) // 20):
            mark_busy_weeks(maker=maker, mondays=mondays_from(clock.today(), 7)[2:4], reason="Panen", by=BY)
        for maker in chance.sample(makers, len(makers) // 50):
            pause_maker(maker=maker, reason="Pindah sementara.", by=BY)
        scheme = add_scheme(
            code="p-irt", name="Izin P-IRT", name_en="Food permit", covers=Covers.PRODUCT, by=BY
        )
        skill = add_scheme(
            code="skkni", name="Penjahit (SKKNI)", name_en="Tailor", covers=Covers.SKILL, by=BY
        )
        food = Good.objects.filter(kind__in=["minyak-kelapa", "gula-semut", "keripik-singkong"]).order_by(
            "pk"
        )
        rows = [_paper(scheme, n, chance, good=good) for n, good in enumerate(food) if chance.random() < 0.8]
        rows += [
            _paper(skill, n, chance, person=m.owner)
            for n, m in enumerate(chance.sample(makers, len(makers) // 30))
        ]
        grant_certificates(rows, by=BY, is_demo=True)


def _paper(scheme: Any, number: int, chance: Random, **holder: Any) -> NewCertificate:
    today = clock.today()
    return NewCertificate(
        scheme=scheme,
        number=f"CONTOH-{number:06d}",
        valid_from=today - timedelta(days=chance.randint(100, 900)),
        valid_until=today + timedelta(days=chance.randint(15, 900)),
        **holder,
    )


def _take_in(count: int, cast: Cast, chance: Random) -> None:
    """Orders over three years, most of them published, some cancelled."""
    villages = _villages(40, chance)
    buyers = cast.buyers
    for number in range(count):
        with clock.set_to(clock.now() - timedelta(days=900 - 900 * number // count)), transaction.atomic():
            order = _order(
                chance.choice(KINDS),
                chance.choice(buyers),
                cast.officer,
                100 * chance.randint(1, 90),
                villages,
            )
            if chance.random() < 0.9:
                ordering.publish_order(order=order, by=cast.officer.key)
                if chance.random() < 0.05:
                    ordering.cancel_order(order=order, reason="Anggaran dialihkan.", by=cast.officer.key)


def _order(kind: tuple[Any, ...], buyer: Any, officer: Any, quantity: int, villages: list[Village]) -> Order:
    code, name, _en, _unit, price, _weekly = kind
    order = ordering.create_order(
        terms={
            "title": f"{name}, {quantity}",
            "specification": "Rapi dan seragam, sesuai contoh di kantor.",
            "due_on": clock.today() + timedelta(days=60),
            "delivery_village": villages[0],
            "delivery_place": "Kantor Camat",
            "transport_rupiah_per_100_km": 420,
            "visit_rupiah": 25_000,
        },
        buyer=buyer,
        by=officer.key,
        is_demo=True,
    )
    ordering.set_line(
        order=order,
        kind=GoodsKind.objects.get(pk=code),
        size="",
        quantity=quantity,
        price_rupiah=price * 115 // 100,
        by=officer.key,
    )
    points = {village.pk: village for village in villages[:8]}
    ordering.set_collection_points(order=order, points=[(v.name, v) for v in points.values()], by=officer.key)
    return order


def _split_one(number: int, size: Size, cast: Cast, chance: Random) -> None:
    kind = KINDS[1 + number % (len(KINDS) - 1)]
    makers = size.makers * 2 // 5 // (len(KINDS) - 1)
    quantity = makers * kind[5]
    with clock.set_to(clock.now() - timedelta(days=30 - number)):
        order = _order(kind, cast.buyers[0], cast.officer, quantity, _villages(8, chance))
        order = ordering.publish_order(order=order, by=cast.officer.key)
        split = compute_split(line=order.lines.get(), by=cast.officer.key)
        split = decide_split(split=propose_split(split=split, by=cast.officer.key), by=cast.head.key)
        shares = list(split.shares.order_by("pk"))
        sent = [share.pk for share in shares[: len(shares) * 4 // 5]]
        mark_sent(order=order, shares=sent, through=SentBy.WHATSAPP, by=cast.officer.key)
        for share in Share.objects.filter(pk__in=sent[: size.answered]):
            if chance.random() < 0.8:
                accept_share(share=share, by=f"maker:{share.maker_id}")
            else:
                decline_share(share=share, reason=DeclineReason.BUSY, by=f"maker:{share.maker_id}")


def _object(size: Size) -> None:
    """Makers who got no share, or a small one, ask why."""
    for split in Split.objects.filter(state=SplitState.DECIDED, parent__isnull=True).select_related(
        "line__order"
    ):
        with transaction.atomic():
            rows = split.rows.select_related("maker__owner").order_by("quantity", "pk")
            for row in rows[: size.objections]:
                file_objection(
                    order=split.line.order,
                    about=ObjectionAbout.NOT_CHOSEN,
                    words="Mengapa bengkel saya tidak ikut dibagi kali ini?",
                    person=row.maker.owner,
                    maker=row.maker,
                    by=BY,
                )


def _masks(size: Size, cast: Cast) -> None:
    """The order that meets every maker, published and not split yet."""
    order = _order(KINDS[0], cast.buyers[0], cast.officer, size.makers * 100, _villages(8, Random(3)))
    ordering.publish_order(order=order, by=cast.officer.key)
