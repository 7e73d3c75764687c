"""The register as a workbook: what comes back in as it went out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.downloads import SheetOf
from foundation.sheets import Heading
from lumbung.makers.choices import MakerKind, MakerState, Unit
from lumbung.makers.queries import Exported
from lumbung.makers.rules.imports import number_words
from lumbung.people.choices import Salutation
from lumbung.people.rules import phone_shown


@dataclass(frozen=True)
class Told:
    """A column of the register: its heading, what stands in it, and whether it is only for who keeps the entry."""

    heading: str | Promise
    read: Callable[[Exported], object]
    width: int = 14
    is_personal: bool = False


def _of(name: str) -> Callable[[Exported], object]:
    return lambda row: row.maker[name]


def _good(place: int) -> Callable[[Exported], object]:
    return lambda row: row.good[place]


def _kind_words(row: Exported) -> object:
    return row.good[1] if (get_language() or "").startswith("en") else row.good[0]


REGISTER = (
    Told(gettext_lazy("Maker's number"), lambda row: number_words(int(str(row.maker["pk"]))), 12),
    Told(gettext_lazy("Name of the business"), _of("party__name"), 34),
    Told(gettext_lazy("Kind of maker"), lambda row: MakerKind(row.maker["kind"]).label, 20),
    Told(gettext_lazy("Owner"), _of("owner__full_name"), 26),
    Told(
        gettext_lazy("Salutation"),
        lambda row: (
            Salutation(row.maker["owner__salutation"]).label if row.maker["owner__salutation"] else ""
        ),
        10,
    ),
    Told(gettext_lazy("Phone"), lambda row: phone_shown(str(row.maker["owner__phone"])), 18, True),
    Told(gettext_lazy("Village"), _of("village__name"), 22),
    Told(gettext_lazy("District"), _of("village__district__name"), 20),
    Told(gettext_lazy("Regency"), _of("village__district__regency__short_name"), 20),
    Told(gettext_lazy("Village code"), _of("village_id"), 16),
    Told(gettext_lazy("Hamlet"), _of("hamlet"), 18),
    Told(gettext_lazy("House"), _of("house"), 20, True),
    Told(gettext_lazy("Bank"), _of("bank_name"), 14, True),
    Told(gettext_lazy("Account number"), _of("bank_account"), 20, True),
    Told("NIB", _of("nib"), 16, True),
    Told(gettext_lazy("Number of households"), _of("households"), 10),
    Told(gettext_lazy("Names of the households"), lambda row: "; ".join(row.members), 30, True),
    Told(gettext_lazy("Last real production"), _of("last_made_on")),
    Told(gettext_lazy("Kind of goods"), _kind_words, 26),
    Told(gettext_lazy("Counted in"), lambda row: Unit(row.good[2]).label if row.good[2] else ""),
    Told(gettext_lazy("Price per unit"), _good(3)),
    Told(gettext_lazy("Capacity a week"), _good(4)),
    Told(gettext_lazy("Smallest lot"), _good(5)),
    Told(gettext_lazy("State"), lambda row: MakerState(row.maker["state"]).label),
)
"""Phone, house, account, NIB and the names of houses go out only to who keeps the entry, and that is noted."""
PERSONAL_FIELDS = "phone, house, bank_account"


def register_sheet_of(rows: Iterable[Exported], *, whole: bool) -> SheetOf:
    """The register as one sheet, with or without what is personal."""
    columns = [column for column in REGISTER if whole or not column.is_personal]
    headings = [Heading(column.heading, column.width) for column in columns]
    return _("Makers"), headings, _rows(rows, [column.read for column in columns])


def _rows(rows: Iterable[Exported], reads: list[Callable[[Exported], object]]) -> Iterator[list[object]]:
    for row in rows:
        yield [read(row) for read in reads]


# The empty template


def template_sheets(kinds: list[Any], example_place: tuple[str, str, str]) -> Iterator[SheetOf]:
    """An empty sheet to fill, one with examples, and one that explains the columns."""
    columns = [column for column in REGISTER if column.heading != REGISTER[-1].heading]
    headings = [Heading(column.heading, column.width) for column in columns]
    yield _("Makers"), headings, []
    yield _("Example"), headings, _examples(kinds, example_place)
    yield (
        _("Explanation"),
        [Heading(_("Column"), 26), Heading(_("What is written there"), 80), Heading(_("Needed"), 14)],
        _explanations(kinds),
    )


def _examples(kinds: list[Any], place: tuple[str, str, str]) -> Iterator[list[object]]:
    """A workshop with two kinds of goods in two rows, and a group."""
    kinds = [*kinds[:2], *kinds[:1]] if kinds else []
    village, district, regency = place
    who = ["", "Jahit Sahnim", MakerKind.WORKSHOP.label, "Sahnim", Salutation.IBU.label, "0800-1234-5678"]
    where = [
        village,
        district,
        regency,
        "",
        _("East hamlet"),
        "RT 02 / 14",
        "BRI",
        "0123456789",
        "",
        1,
        "",
        "",
    ]
    for kind, numbers in zip(kinds[:2], ([3_000, 700, 100], [45_000, 20, 5]), strict=False):
        yield [*who, *where, kind.words, kind.get_unit_display(), *numbers]
    group = [
        "",
        "Kelompok Beriuk Maju",
        MakerKind.GROUP.label,
        "Rohani",
        Salutation.IBU.label,
        "0800-8765-4321",
    ]
    places = [village, district, regency, "", "", "", "", "", "", 3, "Rohani; Aminah; Mariam", ""]
    if kinds:
        yield [*group, *places, kinds[-1].words, kinds[-1].get_unit_display(), 2_900, 2_100, 300]


def _explanations(kinds: list[Any]) -> Iterator[list[object]]:
    yes, no = _("needed"), _("may stay empty")
    known = "; ".join(f"{kind.words} ({kind.get_unit_display()})" for kind in kinds)
    yield [_("Maker's number"), _("Only for makers of the register, as in its Excel file: PLK-27."), no]
    yield [
        _("Name of the business"),
        _("Several rows with the same name, phone and village are one maker."),
        yes,
    ]
    yield [_("Kind of maker"), f"{MakerKind.WORKSHOP.label}, {MakerKind.GROUP.label}", no]
    yield [_("Owner"), _("Who answers for the business; of a group the captain."), yes]
    yield [_("Salutation"), "Ibu, Bapak; L, P", no]
    yield [_("Phone"), _("0812 3456 7890. One that cannot be read is said and left out."), no]
    yield [
        _("Village"),
        _("Its name, or its code of ten digits. Spellings such as Lauk and Lauq are one."),
        yes,
    ]
    yield [_("District"), _("Needed where several villages have the same name."), no]
    yield [_("Regency"), _("Needed where several districts have the same name."), no]
    yield [_("Number of households"), _("Of a group: how many houses make the goods."), no]
    yield [_("Names of the households"), _("With semicolons between: Rohani; Aminah; Mariam."), no]
    yield [_("Last real production"), "27/12/2026", no]
    yield [_("Kind of goods"), _("One of these: %(kinds)s.") % {"kinds": known or "–"}, no]
    yield [_("Price per unit"), "3000; 3.000; Rp3.000,-", _("needed with goods")]
    yield [
        _("Capacity a week"),
        _("A whole number. “Capacity a month” is a heading too."),
        _("needed with goods"),
    ]
    yield [_("Smallest lot"), _("Empty means 1."), no]
    more = _(
        "More goods in the same row: repeat the columns, or number them: Kind of goods 2, Price per unit 2."
    )
    yield [_("More goods"), more, no]
