"""The demo's register: makers over the real villages, capacities and prices drawn around the known facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from foundation import clock
from lumbung.certification.actions import NewCertificate, add_scheme, grant_certificates
from lumbung.certification.choices import Covers
from lumbung.certification.models import Scheme
from lumbung.desk.management.demo.names import People
from lumbung.makers.actions import add_kind, mark_busy_weeks, pause_maker, register_makers
from lumbung.makers.choices import MakerKind, Unit
from lumbung.makers.models import Good, Maker
from lumbung.makers.rules import NewGood, NewMaker, mondays_from
from lumbung.people.actions import register_persons
from lumbung.people.models import Person
from lumbung.places.models import Village

BY = "command:demo"
CULTURES = {
    "52.71": "mataram",
    "52.04": "sumbawa",
    "52.07": "sumbawa",
    "52.05": "bima",
    "52.06": "bima",
    "52.72": "bima",
}


@dataclass(frozen=True)
class Trade:
    """Who makes a kind of goods where, how much a week, at which price. Ranges are assumptions of the demo."""

    kind: str
    makers: dict[str, int]
    weekly: tuple[int, int]
    price: tuple[int, int]
    lots: Sequence[int]
    groups: float = 0.0
    round_to: int = 100


TRADES = (
    Trade(
        "masker-kain",
        {
            "52.03": 1150, "52.02": 380, "52.01": 290, "52.06": 225, "52.04": 180, "52.71": 105, "52.05": 100,
            "52.08": 55, "52.07": 55, "52.72": 46,
        },
        weekly=(70, 480),
        price=(2_900, 3_700),
        lots=(1, 20, 40, 50, 100, 800),
        groups=0.06,
        round_to=50,
    ),
    Trade("tas-ketak", {"52.02": 190, "52.03": 90, "52.01": 60}, (2, 9), (41_000, 52_000), (1, 2, 5), 0.1, 500),
    Trade(
        "kain-tenun",
        {"52.02": 150, "52.03": 120, "52.04": 40, "52.06": 60},
        weekly=(2, 8),
        price=(145_000, 210_000),
        lots=(1, 1, 4),
        groups=0.08,
        round_to=1_000,
    ),
    Trade(
        "minyak-kelapa",
        {"52.08": 34, "52.01": 14, "52.07": 7, "52.04": 10},
        weekly=(40, 160),
        price=(23_000, 27_000),
        lots=(10, 20),
        groups=0.1,
        round_to=500,
    ),
    Trade("gula-semut", {"52.01": 110, "52.08": 20}, (30, 140), (9_000, 14_000), (10, 20), 0.1, 500),
)  # fmt: skip
KINDS = (
    ("masker-kain", "Masker kain", "Cloth mask", Unit.SHEET),
    ("seragam-sekolah", "Seragam sekolah", "School uniform", Unit.SET),
    ("tas-ketak", "Tas ketak", "Ketak bag", Unit.PIECE),
    ("kain-tenun", "Kain tenun", "Woven cloth", Unit.SHEET),
    ("minyak-kelapa", "Minyak kelapa 1 liter", "Coconut oil, 1 litre", Unit.BOTTLE),
    ("gula-semut", "Gula semut 250 gram", "Palm sugar, 250 grams", Unit.PACK),
)
SCHEMES = (
    ("penjahit-skkni", "Penjahit pakaian jadi (SKKNI)", "Garment tailor (SKKNI)", Covers.SKILL),
    ("halal", "Sertifikat halal", "Halal certificate", Covers.PRODUCT),
    ("p-irt", "Izin P-IRT", "Home-industry food permit (P-IRT)", Covers.PRODUCT),
)


def build(chance: Random) -> list[Maker]:
    """Kinds, schemes, makers, busy weeks, pauses, certificates."""
    for code, name, name_en, unit in KINDS:
        add_kind(code=code, name=name, name_en=name_en, unit=unit, by=BY)
    schemes = {
        code: add_scheme(code=code, name=name, name_en=name_en, covers=covers, by=BY)
        for code, name, name_en, covers in SCHEMES
    }
    people = People(chance)
    drawn = [Draft(trade, village, people) for trade in TRADES for village in _villages(trade, chance)]
    persons = register_persons([p for draft in drawn for p in draft.persons], by=BY, is_demo=True)
    rows, at = [], 0
    for draft in drawn:
        rows.append(draft.maker(persons[at : at + len(draft.persons)]))
        at += len(draft.persons)
    makers = register_makers(_with_twins(rows, chance), by=BY, is_demo=True)
    _live(makers, chance)
    _certify(chance, schemes)
    return makers


def _villages(trade: Trade, chance: Random) -> list[Village]:
    """A village for each maker of the trade: a few places hold many, most hold few."""
    chosen: list[Village] = []
    for regency, count in trade.makers.items():
        villages = list(
            Village.objects.filter(district__regency_id=regency)
            .select_related("district__regency")
            .order_by("code")
        )
        chance.shuffle(villages)
        weights = [1 / (rank + 3) for rank in range(len(villages))]
        chosen += chance.choices(villages, weights, k=count)
    return chosen


class Draft:
    """One maker before it is registered: its persons are written down first."""

    def __init__(self, trade: Trade, village: Village, people: People) -> None:
        self.trade, self.village, self.chance, self.people = trade, village, people.chance, people
        culture = CULTURES.get(village.code[:5], "lombok")
        self.is_group = self.chance.random() < trade.groups
        size = self.chance.randint(5, 16) if self.is_group else 1
        owner = people.somebody(culture, phone=self.is_group or self.chance.random() < 0.93)
        self.persons = [owner] + [people.somebody(culture, phone=False) for _ in range(size - 1)]

    def maker(self, persons: Sequence[Person]) -> NewMaker:
        """The register's entry, now that its persons are known."""
        owner, hands = persons[0], len(persons)
        return NewMaker(
            name=f"Kelompok {self.people.group()} {self.village.name}" if self.is_group else owner.full_name,
            owner=owner,
            village=self.village,
            kind=MakerKind.GROUP if self.is_group else MakerKind.WORKSHOP,
            hamlet=self.people.hamlet(),
            house=self.people.house(),
            bank_name=self.chance.choice(("Bank NTB Syariah", "BRI", "BNI")),
            bank_account=self.people.account(),
            goods=self._goods(hands),
            households=persons if self.is_group else (),
            last_made_on=clock.today() - timedelta(days=self.chance.randint(5, 500)),
            registered_at=clock.now() - timedelta(days=self.chance.randint(30, 900)),
        )

    def _goods(self, hands: int) -> list[NewGood]:
        trade, chance = self.trade, self.chance
        low, high = trade.weekly
        weekly = max(1, round(chance.triangular(low, high, low + (high - low) / 3))) * hands
        price = round(chance.uniform(*trade.price) / trade.round_to) * trade.round_to
        lot = min(chance.choices(trade.lots, [6] * (len(trade.lots) - 1) + [1])[0], weekly * 2)
        goods = [NewGood(trade.kind, price, weekly, lot)]
        if trade.kind == "masker-kain" and chance.random() < 0.3:
            goods.append(
                NewGood("seragam-sekolah", chance.randrange(82_000, 118_000, 1_000), max(1, weekly // 40), 1)
            )
        return goods


def _with_twins(rows: list[NewMaker], chance: Random) -> list[NewMaker]:
    """A few makers share an account or a house, so that somebody has to look."""
    for first, second in zip(
        chance.sample(range(len(rows)), 14), chance.sample(range(len(rows)), 14), strict=True
    ):
        if first != second:
            rows[second] = _twin(rows[first], rows[second], account=chance.random() < 0.7)
    return rows


def _twin(first: NewMaker, second: NewMaker, *, account: bool) -> NewMaker:
    if account:
        return replace(second, bank_name=first.bank_name, bank_account=first.bank_account)
    return replace(second, village=first.village, hamlet=first.hamlet, house=first.house)


def _live(makers: Sequence[Maker], chance: Random) -> None:
    """Weddings, harvests, pauses."""
    for maker in chance.sample(list(makers), len(makers) // 12):
        weeks = chance.sample(mondays_from(clock.today(), 7), chance.choice((1, 1, 2)))
        mark_busy_weeks(
            maker=maker,
            mondays=weeks,
            reason=chance.choice(("Panen", "Acara keluarga", "Pesanan lain")),
            by=BY,
        )
    for maker in chance.sample(list(makers), len(makers) // 60):
        pause_maker(maker=maker, reason="Pindah sementara ke rumah anak.", by=BY)


def _certify(chance: Random, schemes: dict[str, Scheme]) -> None:
    """Thirty certified tailors, as the agency told in 2022; permits for most food makers."""
    today = clock.today()
    tailors = (
        Good.objects.filter(kind_id="seragam-sekolah", maker__is_demo=True)
        .select_related("maker__owner")
        .order_by("pk")
    )
    skilled = [
        NewCertificate(
            scheme=schemes["penjahit-skkni"],
            person=good.maker.owner,
            number=f"CONTOH-JHT-{number:03d}",
            valid_from=today - timedelta(days=chance.randint(100, 900)),
            valid_until=today + timedelta(days=chance.randint(20, 700)),
        )
        for number, good in enumerate(chance.sample(list(tailors), 30), start=1)
    ]
    food = Good.objects.filter(kind_id__in=["minyak-kelapa", "gula-semut"], maker__is_demo=True).order_by(
        "pk"
    )
    permits = [
        NewCertificate(
            scheme=schemes[scheme],
            good=good,
            number=f"CONTOH-{scheme.upper()}-{good.pk}",
            valid_from=today - timedelta(days=chance.randint(100, 1500)),
            valid_until=today + timedelta(days=chance.randint(15, 900)),
        )
        for good in food
        for scheme, part in (("halal", 0.7), ("p-irt", 0.85))
        if chance.random() < part
    ]
    grant_certificates([*skilled, *permits], by=BY, is_demo=True)
