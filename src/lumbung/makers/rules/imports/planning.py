"""From the rows of a sheet to entries: what is new, what is changed, what stays as it is."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from lumbung.makers.choices import Outcome
from lumbung.makers.rules.imports.comparing import changes_of, faults_of_known
from lumbung.makers.rules.imports.known import Cell, Entry, KnownMaker, Plan, Register, Told, ToldGood
from lumbung.makers.rules.imports.likeness import warn_of_likeness
from lumbung.makers.rules.imports.newcomers import faults_of_new, owner_of
from lumbung.makers.rules.imports.rows import Reading, Say, grouped_key
from lumbung.makers.rules.spelling import sort_name

SAID_EACH = 500


def plan_of(reading: Reading, register: Register, *, say: Say = lambda done, total: None) -> Plan:
    """What taking in these rows would do to the register, with every fault."""
    planner = _Planner(reading, register)
    groups = list(_groups(reading))
    for done, told in enumerate(groups):
        if done % SAID_EACH == 0:
            say(done, len(groups))
        planner.add(told)
    planner.leave_out_what_hangs()
    warn_of_likeness(reading, register, planner.entries)
    remarks = sorted(dict.fromkeys(reading.remarks))
    entries = [entry for entry in planner.entries if not reading.bad.intersection(entry.told.rows)]
    return Plan(entries, remarks, reading.rows, len(reading.bad))


def _groups(reading: Reading) -> Iterator[Told]:
    """Rows that tell of one maker, as one; a row with a fault stands alone, so that all its faults are said."""
    by_key: dict[tuple[object, ...], Told] = {}
    heads: dict[int, Told] = {}
    groups: list[Told] = []
    for told in reading.told:
        head = reading.hangs_on.get(told.row)
        key = grouped_key(told, sort_name)
        if head is not None and head not in reading.bad and told.row not in reading.bad:
            _join(reading, heads[head], told)
        elif told.row in reading.bad or head is not None:
            groups.append(told)
        elif key is not None and key in by_key:
            _join(reading, by_key[key], told)
            heads[told.row] = by_key[key]
        else:
            groups.append(told)
            heads[told.row] = told
            if key is not None:
                by_key[key] = told
    return iter(groups)


def _join(reading: Reading, first: Told, told: Told) -> None:
    first.rows.append(told.row)
    for name, value in told.fields.items():
        if name not in first.fields:
            first.fields[name], first.cells[name] = value, told.cells[name]
        elif first.fields[name] != value and name != "name":
            sentence = _("Row %(row)s says otherwise of the same maker; what stands first counts.")
            reading.warn(told.cells[name], sentence % {"row": first.cells[name].row})
    for good in told.goods:
        same = next((known for known in first.goods if known.kind == good.kind), None)
        if same is None:
            first.goods.append(good)
        elif same.numbers != good.numbers:
            sentence = _("Row %(row)s tells other numbers of the same goods. Keep one of the two.")
            reading.fault(Cell(good.row, f"goods{good.end}"), sentence % {"row": same.row})
            first.rows.remove(told.row)
            return


class _Planner:
    """Finds the entry of each maker of the file."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self.reading, self.register = reading, register
        self.entries: list[Entry] = []
        self._by_number = {maker.pk: maker for maker in register.makers}
        self._by_name: dict[tuple[str, str], list[KnownMaker]] = {}
        for maker in register.makers:
            self._by_name.setdefault((sort_name(maker.name), maker.village), []).append(maker)
        self._persons = {(p.phone, sort_name(p.full_name)): p for p in register.persons}
        self._told_in: dict[int, int] = {}

    def add(self, told: Told) -> None:
        self._check_goods_twice(told)
        if told.row in self.reading.hangs_on:
            self._go_on_alone(told)
            return
        known = self._known(told)
        if known is not None:
            self._add_known(told, known)
        elif not (told.get("number") or "number" in told.wrong):
            self._add_new(told)

    def _is_fine(self, told: Told) -> bool:
        return told.row not in self.reading.bad

    def _go_on_alone(self, told: Told) -> None:
        """A row that goes on with a maker whose first row stays out, or that is wrong itself."""
        head = self.reading.hangs_on[told.row]
        if head in self.reading.bad and self._is_fine(told):
            sentence = _("This goes on with row %(row)s, which is not taken in.") % {"row": head}
            self.reading.fault(Cell(told.row, "goods"), sentence)

    def _check_goods_twice(self, told: Told) -> None:
        seen: dict[str, ToldGood] = {}
        for good in filter(lambda good: good.kind, told.goods):
            first = seen.setdefault(good.kind, good)
            if first is not good and first.row == good.row:
                self.reading.fault(
                    Cell(good.row, f"goods{good.end}"), _("The same goods stand twice in this row.")
                )

    def _known(self, told: Told) -> KnownMaker | None:
        """The entry that is meant; what cannot be decided is a fault."""
        if told.get("number"):
            known = self._by_number.get(told.get("number"))
            if known is None:
                sentence = _("No maker among those you keep has this number.")
                self.reading.fault(told.cells["number"], sentence)
            return known
        if not (told.get("name") and told.get("village")):
            return None
        likely = self._by_name.get((sort_name(told.get("name")), told.get("village")), [])
        fitting = [maker for maker in likely if self._fits(told, maker)]
        if len(fitting) > 1:
            sentence = _("Several entries of the register fit. Write the maker's number beside it.")
            self.reading.fault(told.cells["name"], sentence)
        return fitting[0] if len(fitting) == 1 else None

    def _fits(self, told: Told, maker: KnownMaker) -> bool:
        """The same phone; or, where one of the two has none, the same owner."""
        phone = told.get("phone")
        if phone and maker.phone:
            return bool(phone == maker.phone)
        owner = told.get("owner") or ("" if self.reading.owners_are_named else told.get("name"))
        return not owner or sort_name(owner) == sort_name(maker.owner_name)

    def _add_new(self, told: Told) -> None:
        owner = owner_of(told, named=self.reading.owners_are_named)
        person = self._persons.get((told.get("phone") or "", sort_name(owner or "")))
        faults_of_new(self.reading, told, self.register, person)
        if self._is_fine(told):
            told.fields["owner"] = owner
            self.entries.append(Entry(told, Outcome.NEW, person=person.pk if person else None))

    def _add_known(self, told: Told, known: KnownMaker) -> None:
        first = self._told_in.get(known.pk)
        if first is not None and self._is_fine(told):
            sentence = _("Row %(row)s is the same entry of the register. Keep one of the two.")
            cell = told.cells.get("number") or told.cells.get("name") or Cell(told.row, "business")
            self.reading.fault(cell, sentence % {"row": first})
            return
        faults_of_known(self.reading, told, known, self.register)
        if self._is_fine(told):
            self._told_in[known.pk] = told.row
            fine = replace(told, goods=[good for good in told.goods if good.row not in self.reading.bad])
            fine.rows = [row for row in told.rows if row not in self.reading.bad]
            changes = changes_of(fine, known)
            self.entries.append(Entry(fine, Outcome.CHANGED if changes else None, known.pk, changes))

    def leave_out_what_hangs(self) -> None:
        """Goods that turned out wrong leave their row; a maker whose first row is out takes all rows along."""
        for entry in self.entries:
            told = entry.told
            if told.row in self.reading.bad:
                for row in told.rows:
                    if row not in self.reading.bad:
                        sentence = _("This goes on with row %(row)s, which is not taken in.")
                        self.reading.fault(Cell(row, "goods"), sentence % {"row": told.row})
            else:
                told.rows = [row for row in told.rows if row not in self.reading.bad]
                told.goods = [good for good in told.goods if good.row in told.rows]
