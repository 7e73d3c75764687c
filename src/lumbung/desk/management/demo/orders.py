"""The demo's orders, in several states, each brought there by the same deeds as in life."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from foundation import clock
from lumbung.certification.models import Scheme
from lumbung.desk.management.demo.accounts import Cast
from lumbung.makers.models import GoodsKind
from lumbung.orders.actions.answering import accept_share, decline_share
from lumbung.orders.actions.ordering import (
    create_order,
    publish_order,
    set_collection_points,
    set_line,
    set_requirements,
)
from lumbung.orders.actions.sending import mark_sent
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import DeclineReason, PriceMode, ProcurementMethod, SentBy
from lumbung.orders.models import Order, Share, Split
from lumbung.organisations.models import Party
from lumbung.people.models import Person
from lumbung.places.models import Village

POINTS = {
    "Aikmel": ("52.03", "Aikmel"),
    "Praya": ("52.02", "Praya"),
    "Mataram": ("52.71", "Mataram"),
    "Gerung": ("52.01", "Gerung"),
    "Tanjung": ("52.08", "Tanjung"),
    "Sumbawa Besar": ("52.04", "Sumbawa"),
    "Dompu": ("52.05", "Dompu"),
    "Raba": ("52.72", "Raba"),
}
PUBLIC: dict[str, Any] = {
    "is_public": True,
    "procurement_method": ProcurementMethod.SELF_MANAGED,
    "legal_basis": "DATA CONTOH: keputusan kepala dinas",
    "budget_line": "DATA CONTOH: belanja bantuan sosial",
    "responsible_official": "DATA CONTOH: pejabat pembuat komitmen",
    "price_source": "DATA CONTOH: survei harga tiga pasar",
}


def build(cast: Cast, chance: Random) -> list[Order]:
    """One order ready to be split, one full, one being answered, one before the head, one draft."""
    return [
        _oil(cast, chance),
        _cloth(cast, chance),
        _bags(cast),
        _uniforms(cast),
        _masks(cast),
    ]


def days_ago(days: int, hour: int = 9) -> datetime:
    return clock.now().replace(hour=hour - 8 if hour >= 8 else hour, minute=12) - timedelta(days=days)


def _order(
    title: str,
    *,
    buyer: Party,
    by: Person,
    kind: str,
    quantity: int,
    price: int,
    points: tuple[str, ...],
    due_in: int,
    publish: bool = True,
    schemes: tuple[str, ...] = (),
    size: str = "",
    **terms: Any,
) -> Order:
    villages = {name: _village(*POINTS[name]) for name in points}
    first = villages[points[0]]
    order = create_order(
        terms={
            "title": title,
            "due_on": clock.today() + timedelta(days=due_in),
            "delivery_village": first,
            "delivery_place": f"Kantor Camat {points[0]}",
            **terms,
        },
        buyer=buyer,
        by=by.key,
        is_demo=True,
    )
    set_line(
        order=order,
        kind=GoodsKind.objects.get(pk=kind),
        size=size,
        quantity=quantity,
        price_rupiah=price,
        by=by.key,
    )
    set_collection_points(
        order=order, points=[(f"Kantor Camat {n}", v) for n, v in villages.items()], by=by.key
    )
    set_requirements(order=order, schemes=list(Scheme.objects.filter(pk__in=schemes)), by=by.key)
    return publish_order(order=order, by=by.key) if publish else order


def _village(regency: str, name: str) -> Village:
    """A village of this name, or of the district of this name, or any in the regency."""
    among = Village.objects.filter(district__regency_id=regency, latitude_e6__isnull=False).order_by("code")
    found = among.filter(name=name).first() or among.filter(district__name=name).first() or among.first()
    if found is None:
        raise LookupError(f"No village of {regency} has a map point: load the places first.")
    return found


def _masks(cast: Cast) -> Order:
    with clock.set_to(days_ago(1, 14)):
        return _order(
            "Masker kain dua lapis",
            buyer=cast.social,
            by=cast.officer,
            kind="masker-kain",
            size="Dewasa, 17 × 9 cm",
            quantity=1_000_000,
            price=3_400,
            points=("Aikmel", "Praya", "Mataram", "Gerung", "Tanjung", "Sumbawa Besar", "Dompu", "Raba"),
            due_in=38,
            specification="Katun dua lapis, 17 × 9 cm, tali telinga elastis 18 cm. Jahitan rapi, tanpa benang lepas.",
            budget_decree="DATA CONTOH: Keputusan Kepala Dinas 12/2026",
            transport_rupiah_per_100_km=420,
            visit_rupiah=25_000,
            answer_hours=48,
            **PUBLIC,
        )


def _oil(cast: Cast, chance: Random) -> Order:
    with clock.set_to(days_ago(16)):
        order = _order(
            "Minyak kelapa botol 1 liter",
            buyer=cast.social,
            by=cast.colleague,
            kind="minyak-kelapa",
            quantity=12_000,
            price=25_000,
            points=("Tanjung", "Gerung"),
            due_in=40,
            schemes=("p-irt",),
            specification="Minyak kelapa jernih, tidak tengik, botol PET 1 liter dengan segel dan kode produksi.",
            transport_rupiah_per_100_km=1_500,
            visit_rupiah=40_000,
            **PUBLIC,
        )
    split = _decided(order, cast, days=14)
    _send(split, cast, days=13)
    _answer(order, chance, days=12, accept=1.0, decline=0.0)
    return order


def _cloth(cast: Cast, chance: Random) -> Order:
    with clock.set_to(days_ago(6)):
        order = _order(
            "Kain tenun seragam, motif subahnale",
            buyer=cast.cooperative,
            by=cast.officer,
            kind="kain-tenun",
            quantity=4_200,
            price=185_000,
            points=("Praya", "Aikmel", "Sumbawa Besar", "Raba"),
            due_in=60,
            price_mode=PriceMode.OWN,
            specification="Lebar 105 cm, panjang 225 cm, benang katun 80/2, warna tahan luntur.",
            transport_rupiah_per_100_km=2_000,
            visit_rupiah=30_000,
            answer_hours=96,
        )
    split = _decided(order, cast, days=4)
    _send(split, cast, days=2, part=0.85)
    _answer(order, chance, days=1, accept=0.34, decline=0.06)
    return order


def _bags(cast: Cast) -> Order:
    with clock.set_to(days_ago(3)):
        order = _order(
            "Tas ketak",
            buyer=cast.cooperative,
            by=cast.colleague,
            kind="tas-ketak",
            quantity=4_000,
            price=46_000,
            points=("Praya", "Mataram", "Aikmel"),
            due_in=56,
            specification="Diameter 20 cm, anyaman rapat, tutup magnet, kain dalam polos.",
            transport_rupiah_per_100_km=900,
            visit_rupiah=30_000,
        )
    with clock.set_to(days_ago(1, 10)):
        split = compute_split(line=order.lines.get(), by=cast.colleague.key)
        propose_split(split=split, by=cast.colleague.key)
    return order


def _uniforms(cast: Cast) -> Order:
    with clock.set_to(days_ago(2, 11)):
        return _order(
            "Seragam sekolah",
            buyer=cast.education,
            by=cast.officer,
            kind="seragam-sekolah",
            quantity=10_995,
            price=112_000,
            points=("Mataram", "Aikmel", "Sumbawa Besar"),
            due_in=75,
            publish=False,
            schemes=("penjahit-skkni",),
            specification="Kemeja dan celana/rok, potong terpusat, ukuran S sampai XL.",
            transport_rupiah_per_100_km=1_200,
            visit_rupiah=30_000,
            is_public=True,
        )


def _decided(order: Order, cast: Cast, *, days: int) -> Split:
    """Computed and proposed by the officer, decided by the head a few hours later."""
    with clock.set_to(days_ago(days, 9)):
        split = compute_split(line=order.lines.get(), by=cast.officer.key)
        split = propose_split(split=split, by=cast.officer.key)
    with clock.set_to(days_ago(days, 15)):
        return decide_split(split=split, by=cast.head.key)


def _send(split: Split, cast: Cast, *, days: int, part: float = 1.0) -> None:
    shares = list(split.shares.order_by("pk").values_list("pk", flat=True))
    with clock.set_to(days_ago(days, 10)):
        mark_sent(
            order=split.line.order,
            shares=shares[: int(len(shares) * part)],
            through=SentBy.WHATSAPP,
            by=cast.officer.key,
        )


def _answer(order: Order, chance: Random, *, days: int, accept: float, decline: float) -> None:
    """Some answer, in no particular order; a few take less."""
    sent = list(Share.objects.filter(line__order=order, sent_at__isnull=False).order_by("pk"))
    chance.shuffle(sent)
    moment = days_ago(days, 9)
    for share in sent:
        moment += timedelta(minutes=chance.randint(1, 4))
        with clock.set_to(min(moment, clock.now())):
            _one_answer(share, chance.random(), accept, decline)


def _one_answer(share: Share, draw: float, accept: float, decline: float) -> None:
    by = f"maker:{share.maker_id}"
    answer: Callable[..., Share] | None = None
    if draw < accept * 0.06 and share.quantity >= 2 * share.minimum_lot and accept < 1:
        accept_share(share=share, quantity=max(share.minimum_lot, share.quantity * 2 // 3), by=by)
        return
    if draw < accept:
        answer = accept_share
    elif draw < accept + decline:
        decline_share(share=share, reason=DeclineReason.BUSY, by=by)
    if answer:
        answer(share=share, by=by)
