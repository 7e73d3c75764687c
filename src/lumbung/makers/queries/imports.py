"""What the register knows that may concern a file of makers, and the files that were sent."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import clock
from foundation.relations import in_parts
from lumbung.makers.choices import UNIT_SINGULAR, ImportState, MakerKind, Outcome, RemarkKind, Unit
from lumbung.makers.models import (
    Good,
    GoodsKind,
    Household,
    ImportedMaker,
    ImportRemark,
    MakerImport,
)
from lumbung.makers.queries.access import SEES_ALL, makers_kept_by, may_keep_register, regencies_kept_by
from lumbung.makers.queries.register import known_of
from lumbung.makers.rules.imports import (
    Kinds,
    KnownGood,
    KnownMaker,
    KnownPerson,
    Place,
    Places,
    Reading,
    Register,
)
from lumbung.makers.rules.spelling import sort_name
from lumbung.organisations.queries import has_role
from lumbung.people.choices import Officer
from lumbung.people.models import Person
from lumbung.people.queries import persons_with_phones
from lumbung.places.models import Village

MOST_VILLAGES = 400
"""Beyond so many villages the whole register is read at once."""
OTHER_UNIT_WORDS = {
    "pcs": Unit.PIECE,
    "pc": Unit.PIECE,
    "biji": Unit.PIECE,
    "unit": Unit.PIECE,
    "lbr": Unit.SHEET,
    "botol": Unit.BOTTLE,
    "btl": Unit.BOTTLE,
    "bks": Unit.PACK,
    "pak": Unit.PACK,
    "gr": Unit.GRAM,
    "g": Unit.GRAM,
    "ml": Unit.MILLILITRE,
}


def places_for(person: object) -> Places:
    """All villages, and the regencies in which this person may register makers."""
    rows = Village.objects.values_list(
        "code",
        "name",
        "search_name",
        "district__name",
        "district__regency_id",
        "district__regency__short_name",
        "district__regency__name",
    )
    return Places((Place(*row) for row in rows.iterator(chunk_size=5000)), regencies_kept_by(person))


def kinds_known() -> Kinds:
    """The kinds of goods, and what people call their units, in both languages."""
    rows = GoodsKind.objects.order_by("name").values_list("code", "name", "name_en", "unit")
    words: dict[str, str] = {str(UNIT_SINGULAR[unit]): unit for unit in Unit}
    words |= {str(unit.label): unit for unit in Unit}
    for language in ("id", "en"):
        with translation.override(language):
            words |= {str(unit.label): unit for unit in Unit}
            words |= {str(UNIT_SINGULAR[unit]): unit for unit in Unit}
    return Kinds(list(rows), words | OTHER_UNIT_WORDS)


KNOWN = (
    "pk",
    "party__name",
    "kind",
    "owner_id",
    "owner__full_name",
    "owner__phone",
    "owner__has_account",
    "village_id",
    "hamlet",
    "house",
    "bank_name",
    "bank_account",
    "nib",
    "households",
    "unnamed_households",
    "last_made_on",
    "state",
)


def register_for(person: object, reading: Reading) -> Register:
    """The entries that a file may tell of, among those the person keeps, in a bounded number of queries."""
    makers = [KnownMaker(*row) for row in _rows_for(person, reading)]
    _add_goods(makers)
    _add_members(makers)
    phones = {told.get("phone") for told in reading.told}
    persons = list(persons_with_phones(phone for phone in phones if phone))
    groups = known_of({person.pk for person in persons}).groups if persons else {}
    known = [KnownPerson(each.pk, each.full_name, each.phone, groups.get(each.pk)) for each in persons]
    return Register(makers, known, kinds_known(), clock.today())


def _rows_for(person: object, reading: Reading) -> Iterator[tuple[Any, ...]]:
    kept = makers_kept_by(person).select_related(None).order_by("pk")
    villages = {told.get("village") for told in reading.told} - {None}
    numbers = {told.get("number") for told in reading.told} - {None}
    if len(villages) + len(numbers) <= MOST_VILLAGES:
        phones = [phone for told in reading.told if (phone := told.get("phone"))][:MOST_VILLAGES]
        accounts = [account for told in reading.told if (account := told.get("bank_account"))][:MOST_VILLAGES]
        fits = Q(village__in=villages) | Q(pk__in=numbers)
        fits |= Q(owner__phone__in=phones) | Q(bank_account__in=accounts)
        kept = kept.filter(fits)
    return kept.values_list(*KNOWN).iterator(chunk_size=5000)


def _add_goods(makers: list[KnownMaker]) -> None:
    goods: dict[int, dict[str, KnownGood]] = defaultdict(dict)
    fields = ("maker_id", "kind_id", "price_rupiah", "weekly_capacity", "minimum_lot", "stopped_on")
    for maker, kind, *numbers in _of_makers(Good.objects.all(), makers).values_list(*fields).iterator(5000):
        goods[maker][kind] = KnownGood(*numbers)
    for maker in makers:
        maker.goods = goods.get(maker.pk, {})


def _add_members(makers: list[KnownMaker]) -> None:
    groups = [maker for maker in makers if maker.kind == MakerKind.GROUP]
    houses = _of_makers(Household.objects.filter(left_on__isnull=True), groups)
    names: dict[int, set[str]] = defaultdict(set)
    for maker, name in houses.values_list("maker_id", "person__full_name").iterator(5000):
        names[maker].add(sort_name(name))
    for maker in groups:
        maker.members = frozenset(names.get(maker.pk, ()))


def _of_makers(rows: QuerySet[Any], makers: Collection[KnownMaker]) -> QuerySet[Any]:
    """Of these makers where they are few, otherwise of all: what is too much is left aside."""
    numbers = [maker.pk for maker in makers]
    return rows.filter(maker__in=numbers) if len(numbers) <= 900 else rows


# The files that were sent


def imports_seen_by(person: object) -> QuerySet[MakerImport]:
    """Who sees all makers sees all files, without what is in them; a regency officer the own ones."""
    every = MakerImport.objects.order_by("-pk")
    if has_role(person, *SEES_ALL):
        return every
    return every.filter(sent_by=_key(person)) if may_keep_register(person) else every.none()


def imports_opened_by(person: object) -> QuerySet[MakerImport]:
    """Officers read what is in a file, and a regency officer in the own files."""
    seen = imports_seen_by(person)
    return seen if has_role(person, Officer) else seen.filter(sent_by=_key(person))


def _key(person: object) -> str:
    return person.key if isinstance(person, Person) else "-"


def remarks_of(batch: MakerImport, kind: str = "") -> QuerySet[ImportRemark]:
    """What is to be said about a file, downwards; or only faults, only warnings."""
    remarks = batch.remarks.order_by("row", "place", "id")
    return remarks.filter(kind=kind) if kind in RemarkKind.values else remarks


def imported_of(batch: MakerImport, outcome: str = "") -> QuerySet[ImportedMaker]:
    """The makers that a file brings and changes, downwards."""
    makers = batch.makers.select_related("maker").order_by("row")
    return makers.filter(outcome=outcome) if outcome in Outcome.values else makers


def kept_in(batch: MakerImport) -> QuerySet[ImportedMaker]:
    """What could not be taken back, with the reason."""
    return batch.makers.exclude(kept_because="").select_related("maker").order_by("row")


def count_remarks(batch: MakerImport) -> dict[str, int]:
    return {kind: batch.remarks.filter(kind=kind).count() for kind in RemarkKind.values}


def changed_since(batch: MakerImport, makers: Collection[int]) -> set[int]:
    """Makers that another file, taken in later, changed."""
    later = ImportedMaker.objects.filter(batch__state=ImportState.TAKEN, outcome=Outcome.CHANGED)
    later = later.filter(batch__taken_at__gte=batch.taken_at).exclude(batch=batch)
    return {
        number
        for part in in_parts(makers)
        for number in later.filter(maker__in=part).values_list("maker_id", flat=True)
        if number
    }


def import_names_of(keys: Collection[str]) -> dict[str, str]:
    """How files of makers are called, by their keys in the records: by number, for a name may name somebody."""
    numbers = {int(key.partition(":")[2]): key for key in keys if key.partition(":")[2].isdigit()}
    found = MakerImport.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    return {numbers[number]: str(_("File %(number)s")) % {"number": number} for number in found}


def example_place(person: object) -> tuple[str, str, str]:
    """A village of the own region for the examples: its name, district and regency."""
    within = regencies_kept_by(person)
    rows = Village.objects.order_by("code")
    rows = rows if within is None else rows.filter(district__regency__in=within)
    names = ("name", "district__name", "district__regency__short_name")
    return rows.values_list(*names).first() or ("", "", "")
