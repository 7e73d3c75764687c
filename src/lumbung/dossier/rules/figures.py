"""The figures of an order, added up from the tables of its dossier."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from orderdossier.life import standing
from orderdossier.shares import held

Tables = Mapping[str, Any]
STATES = ("accepted", "accepted_by_sample", "rework", "rejected", "open")


def by_line(tables: Tables) -> list[dict[str, Any]]:
    """A row a line: ordered, confirmed, made, delivered, and in which states."""
    line_of = {share["key"]: share["line"] for share in tables["shares"]}
    made, delivered = Counter[str](), Counter[str]()
    states: dict[str, Counter[str]] = {line["key"]: Counter() for line in tables["order"]["lines"]}
    for row in standing(tables["production"]["made"]):
        made[line_of[row["share"]]] += row["quantity"]
    for delivery in tables["deliveries"]["deliveries"]:
        line = line_of[delivery["share"]]
        delivered[line] += delivery["quantity"]
        states[line].update(delivery["states"])
    return [
        {
            "name": " ".join(filter(None, (line["kind"], line["size"]))),
            "ordered": line["quantity"],
            "confirmed": line["confirmed"],
            "made": made[line["key"]],
            "delivered": delivered[line["key"]],
        }
        | {state: states[line["key"]][state] for state in STATES}
        for line in tables["order"]["lines"]
    ]


def money(tables: Tables) -> dict[str, int]:
    """Rupiah due, paid and open, over all shares."""
    totals = tables["money"]["totals"]
    return {word: sum(row[word] for row in totals) for word in ("due_rupiah", "paid_rupiah", "open_rupiah")}


def answers(tables: Tables) -> dict[str, int]:
    """How many shares were offered, and how they were answered."""
    found = Counter(share["state"] for share in tables["shares"])
    return {"offered": sum(found.values()), **found}


def called(tables: Tables, key: str) -> str:
    """Who stands behind a key; what the installation did by the clock has no person behind it."""
    if key.startswith(("room:", "command:")):
        return _("the system")
    name: str = tables["names"].get(key, key)
    return name


def largest(tables: Tables) -> int:
    """The largest amount that one maker holds."""
    sums = Counter[str]()
    for share in tables["shares"]:
        sums[share["maker"]] += held(share)
    return max(sums.values(), default=0)


def makers_holding(tables: Tables) -> int:
    return len({share["maker"] for share in tables["shares"] if held(share)})


def read_moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
