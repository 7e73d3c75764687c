"""What the watch reads, some makers at a time; and the list of flags."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from foundation import clock, formats
from foundation.paging import Page, page_of
from lumbung.deliveries.models import Delivery
from lumbung.files.models import Attachment
from lumbung.lots.models import LotMaker
from lumbung.makers.models import Good, GoodsKind, Maker
from lumbung.makers.rules import search_words
from lumbung.money.models import Account
from lumbung.production.queries import made_of
from lumbung.scorecards import rules
from lumbung.scorecards.choices import WINDOW_WEEKS
from lumbung.scorecards.models import Flag
from lumbung.scorecards.rules import Pace, Sign

ROWS = 25
PHOTO_OF = "delivery:"
SLICE = 400
MOST_DELIVERIES = 200


def makers_to_watch() -> list[int]:
    """Who handed something over within the window."""
    since = clock.today() - timedelta(weeks=WINDOW_WEEKS)
    rows = Delivery.objects.filter(delivered_on__gte=since).order_by()
    return sorted(rows.values_list("share__maker", flat=True).distinct())


def signs_of(makers: Collection[int]) -> list[Sign]:
    """All that looks odd with the deliveries of these makers; a bounded number of queries for a bounded number."""
    deliveries = _deliveries(makers)
    found = [*_paces(deliveries), *_jumps(deliveries), *_photos(makers), *_lots(makers)]
    return [sign for sign in found if sign]


@dataclass(frozen=True)
class _Brought:
    maker: int
    kind: str
    share: int
    answered_on: date | None
    day: date
    quantity: int


def _deliveries(makers: Collection[int]) -> dict[tuple[int, str], list[_Brought]]:
    since = clock.today() - timedelta(weeks=WINDOW_WEEKS)
    rows = Delivery.objects.filter(
        share__maker__in=makers, delivered_on__gte=since, delivered_quantity__gt=0
    ).values_list(
        "share__maker",
        "share__line__kind",
        "share",
        "share__answered_at",
        "delivered_on",
        "delivered_quantity",
    )
    found: dict[tuple[int, str], list[_Brought]] = defaultdict(list)
    for maker, kind, share, answered_at, day, quantity in rows.order_by("pk"):
        answered = formats.local(answered_at) if answered_at else None
        found[maker, kind].append(_Brought(maker, kind, share, answered, day, quantity))
    return found


def _paces(deliveries: dict[tuple[int, str], list[_Brought]]) -> Iterator[Sign | None]:
    """From the day on which the first of the shares was confirmed: what was made before is with the maker."""
    weekly = _weekly({maker for maker, _kind in deliveries})
    made = made_of({each.share for brought in deliveries.values() for each in brought})
    for (maker, kind), brought in deliveries.items():
        shares = {each.share for each in brought}
        first = min(each.day for each in brought)
        pace = Pace(
            maker,
            kind,
            delivered=sum(each.quantity for each in brought),
            since=min(first, *(each.answered_on for each in brought if each.answered_on)),
            until=max(each.day for each in brought),
            weekly=weekly.get((maker, kind), 0),
            made=sum(made[share] for share in shares) if shares <= made.keys() else 0,
            shares=sorted(shares),
        )
        yield rules.above_capacity(pace)


def _weekly(makers: Collection[int]) -> dict[tuple[int, str], int]:
    rows = Good.objects.filter(maker__in=makers).values_list("maker", "kind", "weekly_capacity")
    return {(maker, kind): weekly for maker, kind, weekly in rows}


def _jumps(deliveries: dict[tuple[int, str], list[_Brought]]) -> Iterator[Sign | None]:
    for (maker, kind), brought in deliveries.items():
        weeks: dict[date, int] = defaultdict(int)
        for each in brought:
            weeks[each.day - timedelta(days=each.day.weekday())] += each.quantity
        yield rules.sudden_jump(maker, kind, weeks, sorted({each.share for each in brought}))


def _photos(makers: Collection[int]) -> Iterator[Sign | None]:
    """Photos of these makers' deliveries that also stand for somebody else's."""
    codes = Delivery.objects.filter(share__maker__in=makers).order_by("-pk").values_list("code", flat=True)
    kept = Attachment.objects.filter(removed_at__isnull=True).order_by()
    for some in _slices([f"{PHOTO_OF}{code}" for code in codes[: MOST_DELIVERIES * len(makers)]]):
        hashes = kept.filter(subject__in=some).values("file")
        twice = kept.filter(file__in=hashes, subject__startswith=PHOTO_OF).values("file")
        shared = twice.annotate(subjects=Count("subject", distinct=True)).filter(subjects__gt=1)
        rows = kept.filter(file__in=shared.values("file"), subject__startswith=PHOTO_OF)
        subjects: dict[str, set[str]] = defaultdict(set)
        for hash_, subject in rows.values_list("file", "subject"):
            subjects[hash_].add(subject.removeprefix(PHOTO_OF))
        makers_by_code = _makers_of({code for found in subjects.values() for code in found})
        for hash_, found in sorted(subjects.items()):
            yield rules.same_photo(hash_, {code: makers_by_code[code] for code in found})


def _lots(makers: Collection[int]) -> Iterator[Sign | None]:
    named = Delivery.objects.exclude(lot_key="").order_by()
    keys = named.filter(share__maker__in=makers).values("lot_key")
    rows = named.filter(lot_key__in=keys).values_list("lot_key", "code", "share__maker")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for lot, code, maker in rows:
        found[lot][code] = maker
    several = {lot: codes for lot, codes in found.items() if len(set(codes.values())) > 1}
    numbers = {int(lot[4:]): lot for lot in several if lot.startswith("lot:") and lot[4:].isdecimal()}
    joined: dict[str, set[int]] = defaultdict(set)
    for number, maker in LotMaker.objects.filter(lot__in=numbers).values_list("lot", "maker"):
        joined[numbers[number]].add(maker)
    for lot, codes in sorted(several.items()):
        yield rules.same_lot(lot, codes, joined[lot])


def _makers_of(codes: Collection[str]) -> dict[str, int]:
    return dict(Delivery.objects.filter(code__in=codes).values_list("code", "share__maker"))


def _slices(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), SLICE):
        yield keys[start : start + SLICE]


def account_signs(owners: Iterable[str] | None = None) -> list[Sign]:
    """Confirmed account numbers that several makers share: those of these parties, or all."""
    standing = Account.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True).order_by()
    numbers = standing if owners is None else standing.filter(owner__in=list(owners))
    several = standing.filter(number__in=numbers.values("number")).values("number")
    shared = several.annotate(owners=Count("owner", distinct=True)).filter(owners__gt=1)
    parties: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for pk, number, owner in (
        standing.filter(number__in=shared.values("number"))
        .order_by("pk")
        .values_list("pk", "number", "owner")
    ):
        parties[number].add(owner)
        first.setdefault(number, pk)
    makers = _makers_by_party({owner for owners_ in parties.values() for owner in owners_})
    signs = (
        rules.shared_account(first[number], {makers[owner] for owner in owners_ if owner in makers})
        for number, owners_ in sorted(parties.items())
    )
    return [sign for sign in signs if sign]


def _makers_by_party(keys: Collection[str]) -> dict[str, int]:
    numbers = [int(key[6:]) for key in keys if key.startswith("party:") and key[6:].isdecimal()]
    rows = Maker.objects.filter(party__in=numbers).values_list("party", "pk")
    return {f"party:{party}": maker for party, maker in rows}


# The list of flags


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among flags."""

    text: str = ""
    kind: str = ""
    state: str = ""
    newest: bool = False


OPEN, DECIDED = "open", "decided"


def found_among(flags: QuerySet[Flag], wanted: Wanted) -> QuerySet[Flag]:
    if wanted.kind:
        flags = flags.filter(kind=wanted.kind)
    if wanted.state in (OPEN, DECIDED):
        flags = flags.filter(decided_at__isnull=wanted.state == OPEN)
    for word in search_words(wanted.text):
        flags = flags.filter(makers__in=Maker.objects.filter(search_text__contains=word))
    return flags.distinct() if wanted.text else flags


def _with_makers(flags: QuerySet[Flag]) -> QuerySet[Flag]:
    return flags.prefetch_related("makers__party", "makers__village__district__regency")


def flag_page(flags: QuerySet[Flag], wanted: Wanted, *, after: str, before: str) -> Page[Flag]:
    by = ("-pk",) if wanted.newest else ("pk",)
    found = _with_makers(found_among(flags, wanted))
    return page_of(found, by=by, after=after, before=before, size=ROWS)


def exported(flags: QuerySet[Flag], wanted: Wanted) -> Iterator[Flag]:
    return _with_makers(found_among(flags, wanted)).order_by("pk").iterator(chunk_size=500)


def open_flags() -> QuerySet[Flag]:
    return Flag.objects.filter(decided_at__isnull=True).order_by("pk")


def open_flags_of(maker: Maker) -> list[Flag]:
    return list(open_flags().filter(makers=maker)[:ROWS])


def locked_flag(pk: int) -> Flag:
    return Flag.objects.select_for_update().get(pk=pk)


def goods_words(flags: Iterable[Flag]) -> dict[str, str]:
    """Kind of goods → its name, for the sentences of these flags."""
    codes = {flag.numbers["good"] for flag in flags if "good" in flag.numbers}
    kinds = GoodsKind.objects.filter(pk__in=codes) if codes else []
    return {kind.pk: kind.words for kind in kinds}


def rows_behind(flag: Flag) -> list[Any]:
    """The deliveries behind a flag's numbers, with their shares: each leads to its page."""
    numbers = flag.numbers
    found = Delivery.objects.select_related("share__line__order", "share__line__kind", "share__maker__party")
    if "deliveries" in numbers:
        return list(found.filter(code__in=numbers["deliveries"]).order_by("pk")[:MOST_DELIVERIES])
    if "shares" in numbers:
        return list(found.filter(share__in=numbers["shares"]).order_by("pk")[:MOST_DELIVERIES])
    return []


def flags_named(keys: Collection[str]) -> dict[str, str]:
    """`flag:7` is called by what was found and at whom."""
    numbers = {int(key[5:]): key for key in keys if key[5:].isdecimal()}
    flags = Flag.objects.filter(pk__in=numbers).prefetch_related("makers__party")
    return {
        numbers[flag.pk]: f"{flag.get_kind_display()}: {', '.join(str(m) for m in flag.makers.all())}"
        for flag in flags
    }
