"""Orders, makers and shares for tests, small and real."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from foundation import clock
from lumbung.makers.models import Good, GoodsKind, Maker
from lumbung.orders.choices import Reason, SentBy, ShareState, SplitState
from lumbung.orders.models import CollectionPoint, Order, OrderLine, Share, Split, SplitRow, SplitVillage
from lumbung.orders.rules.sums import Counted, sums_of_rows
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.actions import issue_link
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link
from lumbung.people.rules import secret_of
from lumbung.people.tests.factories import person
from lumbung.places.choices import LocationSource, VillageKind
from lumbung.places.models import District, Province, Regency, Village
from lumbung.places.rules import search_key

_numbers = count(1)
AIKMEL = (-8_573_000, 116_535_000)


def village(
    code: str = "52.03.05.2003", name: str = "Mamben Daya", point: tuple[int, int] | None = AIKMEL
) -> Village:
    province, _ = Province.objects.get_or_create(
        code=code[:2],
        defaults={
            "name": "Nusa Tenggara Barat",
            "decree": "Kepmen",
            "decree_on": date(2025, 1, 1),
            "source": "tes",
        },
    )
    regency, _ = Regency.objects.get_or_create(
        code=code[:5],
        defaults={
            "name": "Lombok Timur",
            "short_name": "Lombok Timur",
            "kind": "kabupaten",
            "province": province,
        },
    )
    district, _ = District.objects.get_or_create(
        code=code[:8], defaults={"name": "Wanasaba", "regency": regency}
    )
    found, _ = Village.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "district": district,
            "search_name": search_key(name),
            "kind": VillageKind.DESA,
            "latitude_e6": point[0] if point else None,
            "longitude_e6": point[1] if point else None,
            "location_source": LocationSource.VILLAGE if point else LocationSource.NONE,
        },
    )
    return found


def masks() -> GoodsKind:
    kind, _ = GoodsKind.objects.get_or_create(
        code="masker-kain", defaults={"name": "Masker kain", "name_en": "Cloth mask", "unit": "sheet"}
    )
    return kind


def tailor(name: str = "", *, weekly: int = 700, lot: int = 1, price: int = 3_000, **fields: Any) -> Maker:
    """A workshop of one house that sews masks."""
    number = next(_numbers)
    name = name or f"Penjahit {number}"
    party = Party.objects.create(kind=PartyKind.MAKER, name=name)
    owner = fields.pop("owner", None) or person(name)
    place = fields.pop("village", None) or village()
    maker = Maker.objects.create(party=party, owner=owner, village=place, **fields)
    Good.objects.create(
        maker=maker, kind=masks(), price_rupiah=price, weekly_capacity=weekly, minimum_lot=lot
    )
    return maker


def order(*, published: bool = True, **fields: Any) -> Order:
    number = next(_numbers)
    buyer = fields.pop("buyer", None) or Party.objects.create(
        kind=PartyKind.BUYER, name="Dinas Sosial Contoh"
    )
    fields.setdefault("code", f"PSN-2026-{number:04d}")
    fields.setdefault("title", "Masker kain dua lapis")
    fields.setdefault("specification", "Katun, dua lapis, 17 × 9 cm.")
    fields.setdefault("due_on", clock.today() + timedelta(days=28))
    fields.setdefault("transport_rupiah_per_100_km", 100)
    fields.setdefault("visit_rupiah", 10_000)
    if published:
        fields |= {"published_at": clock.now(), "published_by": "person:1"}
    made = Order.objects.create(
        buyer=buyer,
        delivery_village=village(),
        delivery_place="Kantor Camat Aikmel",
        created_by="person:1",
        **fields,
    )
    CollectionPoint.objects.create(order=made, name="Aikmel", village=village())
    return made


def line(of: Order | None = None, *, quantity: int = 1_000, price: int = 3_400, **fields: Any) -> OrderLine:
    return OrderLine.objects.create(
        order=of or order(), kind=masks(), quantity=quantity, price_rupiah=price, **fields
    )


def decided_split(of: OrderLine, amounts: dict[Maker, int] | None = None, **fields: Any) -> Split:
    """A decided split with a row and an offered share for each of these makers, as a decision leaves them."""
    amounts = amounts or {}
    total = sum(amounts.values())
    values: dict[str, Any] = {
        "number": of.splits.count() + 1,
        "state": SplitState.DECIDED,
        "quantity": total or of.quantity,
        "cost_budget_bp": 200,
        "makers": len(amounts),
        "eligible": len(amounts),
        "villages": 1,
        "first_timers": len(amounts),
        "largest_share": max(amounts.values(), default=0),
        "cost_rupiah": total * of.price_rupiah,
        "ranked_cost_rupiah": fields.get("cost_rupiah", total * of.price_rupiah),
        "cheapest_cost_rupiah": total * of.price_rupiah,
        "uncredited_cost_rupiah": total * of.price_rupiah,
        "lower_bound_rupiah": total * of.price_rupiah,
        "gini_before_bp": 5_000,
        "gini_after_bp": 3_000,
        "status": "OPTIMAL",
        "seed": "tes",
        "input_hash": "0" * 64,
        "engine": "ordersplit tes",
        "snapshot": b"",
        "computed_by": "person:1",
        "proposed_at": clock.now(),
        "proposed_by": "person:1",
        "decided_at": clock.now(),
        "decided_by": "person:2",
    }
    split = Split.objects.create(line=of, **(values | fields))
    for maker, quantity in amounts.items():
        split_row(split, maker, quantity)
        share(of, maker, quantity, split=split)
    return split


def split_row(split: Split, maker: Maker, quantity: int, **fields: Any) -> SplitRow:
    values: dict[str, Any] = {
        "eligible": True,
        "households": maker.households,
        "capacity": 2_800,
        "minimum_lot": 1,
        "price_rupiah": split.line.price_rupiah,
        "transport_rupiah": 10,
        "visit_rupiah": 10_000,
        "collection_point": split.line.order.collection_points.first(),
        "is_first_time": True,
        "reason": Reason.COMMON_CAP,
        "numbers": {"cap": quantity, "households": 1},
    }
    if fields.get("reason") == Reason.COST:
        values["numbers"] = {"own": split.line.price_rupiah + 40, "limit": split.line.price_rupiah}
    row = SplitRow.objects.create(split=split, maker=maker, quantity=quantity, **(values | fields))
    sum_up(split)
    return row


def sum_up(split: Split) -> Split:
    """Let the split's sums follow its rows, as they do when a split is saved."""
    rows = split.rows.select_related("maker").order_by("pk")
    counted = sums_of_rows(
        [
            Counted(
                r.maker.village_id,
                r.eligible,
                r.quantity,
                r.households,
                r.entitled_quantity,
                r.price_rupiah,
                r.reason,
                r.numbers,
            )
            for r in rows
        ]
    )
    for name, value in counted.kept().items():
        setattr(split, name, value)
    split.save()
    split.village_sums.all().delete()
    SplitVillage.objects.bulk_create(
        [
            SplitVillage(split=split, village_id=code, **vars(village))
            for code, village in counted.villages.items()
        ]
    )
    return split


def share(
    of: OrderLine, maker: Maker, quantity: int = 100, *, split: Split | None = None, **fields: Any
) -> Share:
    """An offered share; the line's counters follow."""
    split = split or of.splits.filter(state=SplitState.DECIDED).first() or decided_split(of)
    point = of.order.collection_points.first()
    assert point
    made = Share.objects.create(
        line=of,
        maker=maker,
        split=split,
        quantity=quantity,
        price_rupiah=fields.pop("price_rupiah", of.price_rupiah),
        collection_point=point,
        reason=fields.pop("reason", Reason.COMMON_CAP),
        numbers=fields.pop("numbers", {"cap": quantity, "households": 1}),
        **fields,
    )
    if made.state == ShareState.OFFERED:
        of.offered_quantity += quantity
    of.confirmed_quantity += made.confirmed_quantity
    of.save()
    return made


def sent(made: Share, *, hours: int = 48) -> Share:
    """The share as it stands after sending."""
    made.sent_at, made.sent_by, made.sent_through = clock.now(), "person:1", SentBy.WHATSAPP
    made.answer_until = clock.now() + timedelta(hours=hours)
    made.save()
    return made


def link_to(made: Share) -> tuple[Link, str]:
    """The link that opens a share, and its secret."""
    link = issue_link(
        purpose=LinkPurpose.ANSWER_SHARE, subject=made.key, person=made.maker.owner, by="person:1"
    )
    return link, secret_of(link)
