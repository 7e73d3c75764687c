"""Writing other values into thousands of entries, in a few statements."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from foundation.relations import in_parts
from lumbung.makers import queries, rules
from lumbung.makers.models import Good, Household, Maker
from lumbung.organisations.models import Party
from lumbung.people.actions import change_phones, register_persons
from lumbung.people.rules import NewPerson
from lumbung.places.models import Village

BATCH = 500
Values = Mapping[str, Any]
PLAIN = ("hamlet", "house", "bank_name", "bank_account", "nib", "unnamed_households")


def makers_with(numbers: Collection[int]) -> Iterator[Maker]:
    """These makers with all that is written of them, in parts."""
    rows = Maker.objects.select_related(*queries.WITH_ALL).select_for_update(of=("self",))
    for part in in_parts(numbers):
        yield from rows.filter(pk__in=part).order_by("pk")


def villages_with(codes: Collection[str]) -> dict[str, Village]:
    """With district and regency in memory, as the register asks for each."""
    every = sorted(set(codes))
    rows = Village.objects.select_related("district__regency")
    return {
        code: village
        for start in range(0, len(every), 900)
        for code, village in rows.in_bulk(every[start : start + 900]).items()
    }


def write_changes(values: Mapping[int, Values], *, by: str) -> dict[int, str]:
    """By maker what is written from now on; gives the salts of the owners, for the record."""
    makers = {maker.pk: maker for maker in makers_with(values)}
    _write_members(makers, values, by=by)
    villages = villages_with([given["village"] for given in values.values() if "village" in given])
    written: set[str] = set()
    for number, maker in makers.items():
        written |= _set(maker, values[number], villages)
    _store(Party, [m.party for m in makers.values() if "name" in values[m.pk]], {"name"})
    _store(Maker, list(makers.values()), written)
    phones = {
        makers[number].owner_id: given["phone"] for number, given in values.items() if given.get("phone")
    }
    if phones:
        change_phones(phones, by=by)
    _write_goods(values)
    return {number: maker.owner.salt for number, maker in makers.items()}


def _set(maker: Maker, given: Values, villages: Mapping[str, Village]) -> set[str]:
    """Put the values into the row; the names of the columns that it touched."""
    touched = {name for name in PLAIN if name in given}
    for name in touched:
        setattr(maker, name, given[name])
    if "last_made_on" in given:
        day = given["last_made_on"]
        maker.last_made_on = date.fromisoformat(day) if day else None
        touched.add("last_made_on")
    if "unnamed_households" in given or "members" in given:
        named = maker.houses.filter(left_on__isnull=True).count()
        maker.households = max(1, named + maker.unnamed_households)
        touched |= {"households", "unnamed_households"}
    if "village" in given:
        maker.village = villages[given["village"]]
        touched.add("village")
    if "name" in given:
        maker.party.name = rules.tidy(given["name"])
    if {"name", "village"} & given.keys():
        maker.sort_name = rules.sort_name(maker.party.name)
        maker.search_text = rules.search_text_of(maker.party.name, maker.village)
        touched |= {"sort_name", "search_text"}
    return touched


def _store(model: type[Model], rows: list[Any], columns: set[str]) -> None:
    """Rows that exist are written anew at these columns: much faster than one statement each."""
    if rows and columns:
        model._default_manager.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=sorted(columns),
        )


def _write_goods(values: Mapping[int, Values]) -> None:
    """A good as three numbers, and perhaps the day since when it is no longer made."""
    goods = [
        Good(
            maker_id=number,
            kind_id=field.partition(":")[2],
            price_rupiah=after[0],
            weekly_capacity=after[1],
            minimum_lot=after[2],
            stopped_on=date.fromisoformat(after[3]) if after[3:] and after[3] else None,
        )
        for number, given in values.items()
        for field, after in given.items()
        if field.startswith("good:") and after is not None
    ]
    Good.objects.bulk_create(
        goods,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["maker", "kind"],
        update_fields=["price_rupiah", "weekly_capacity", "minimum_lot", "stopped_on"],
    )


def _write_members(makers: Mapping[int, Maker], values: Mapping[int, Values], *, by: str) -> None:
    joining = [
        (makers[number], name) for number, given in values.items() for name in given.get("members", ())
    ]
    if not joining:
        return
    persons = register_persons([NewPerson(name) for _maker, name in joining], by=by)
    Household.objects.bulk_create(
        [
            Household(maker=maker, person=person, hamlet=maker.hamlet)
            for (maker, _name), person in zip(joining, persons, strict=True)
        ],
        batch_size=BATCH,
    )
