"""All tables of one order together, and the names behind the keys in them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbung.dossier.queries import deliveries, letters, lots, making, money, order, papers, records
from lumbung.orders.models import Order
from lumbung.records.queries import names_behind
from orderdossier.container import canonical


@dataclass(frozen=True)
class Whole:
    """Everything of an order: tables by name, the heads under the seal, and files by path."""

    order: Order
    tables: Mapping[str, Any]
    heads: bytes
    files: Mapping[str, bytes]

    def parts(self) -> dict[str, bytes]:
        """As they lie in the dossier."""
        tables = {f"data/{name}.json": canonical(rows) for name, rows in self.tables.items()}
        return {**tables, "data/heads.txt": self.heads, **self.files}


def whole_of(found: Order) -> Whole:
    """Read it in one go; the caller holds a transaction, so that all tables are of one moment."""
    shares = order.shares_of(found)
    production = making.production_table(found, shares)
    subjects = [found.key, *(share.key for share in shares)]
    subjects += [standard["key"] for standard in production["standards"]]
    terms = order.order_table(found)
    lines = [line["key"] for line in terms["lines"]]
    paid = money.money_table(lines, [share.key for share in shares])
    subjects += [*lines, *(payment["key"] for payment in paid["payments"])]
    pictured = [
        *subjects,
        *(key.replace("standard:", "sample:") for key in subjects if key[:9] == "standard:"),
    ]
    handed = deliveries.delivery_table(found, shares)
    subjects += [row["key"] for row in (*handed["deliveries"], *handed["inspections"])]
    pictured += [finding["key"] for row in handed["inspections"] for finding in row["findings"]]
    made = lots.lot_table(
        [found.key, *lines, *(share.key for share in shares)],
        [row["lot"] for row in handed["deliveries"] if row["lot"]],
    )
    owed = {due["key"] for due in paid["dues"]}
    complained = lots.complaint_table(found, [lot["key"] for lot in made["lots"]], owed)
    subjects += [row["key"] for row in (*made["lots"], *made["recalls"], *complained)]
    files, content = papers.files_of(pictured)
    written, printed = letters.letters_of(subjects)
    subjects += [letter["key"] for letter in written]
    recorded, heads = records.record_table(subjects)
    tables = {
        "order": terms,
        "makers": order.maker_tables(found),
        "splits": order.split_tables(found),
        "reasons": order.reason_table(found),
        "shares": order.share_tables(shares),
        "production": production,
        "deliveries": handed,
        "money": paid,
        "lots": made,
        "complaints": complained,
        "letters": written,
        "files": files,
        "records": recorded,
    }
    tables["names"] = _names(tables)
    return Whole(found, tables, heads, {**content, **printed})


def _names(tables: Mapping[str, Any]) -> dict[str, str]:
    """Who stands behind each key of a person, party or maker that the tables name."""
    keys = set(_keys_in(tables))
    keys |= {key for text in _contents(tables["records"]) for key in _keys_in(json.loads(text))}
    return dict(sorted(names_behind(keys).items()))


NAMED = ("person:", "party:", "maker:", "link:", "household:")


def _keys_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value.startswith(NAMED) else []
    if isinstance(value, Mapping):
        return [key for inner in (*value, *value.values()) for key in _keys_in(inner)]
    if isinstance(value, list):
        return [key for inner in value for key in _keys_in(inner)]
    return []


def _contents(table: Mapping[str, Any]) -> list[str]:
    return [record["content"] for chain in table["chains"] for record in chain["records"]]
