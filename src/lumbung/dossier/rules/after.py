"""Lots, their movements, recalls and complaints, as sheets of the workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.sheets import Heading
from lumbung.dossier.rules import figures

Rows = Iterable[Sequence[object]]
Told = Mapping[str, Any]


def sheets_of(tables: Told) -> Iterable[tuple[str, list[Heading], Rows]]:
    yield _("Lots"), _lot_headings(), _lots(tables)
    yield _("Movements"), _movement_headings(), _movements(tables)
    yield _("Recalls"), _recall_headings(), _recalls(tables)
    yield _("Complaints"), _complaint_headings(), _complaints(tables)


def _headings(words: Sequence[str], wide: Sequence[int]) -> list[Heading]:
    return [Heading(word, 26 if at in wide else 14) for at, word in enumerate(words)]


def _lot_headings() -> list[Heading]:
    words = (_("Lot"), _("For"), _("State"), _("In the lot"), _("Made from"), _("Until"))
    return _headings((*words, _("Maker"), _("Household"), _("Quantity"), _("Recall")), (6, 7))


def _lots(tables: Told) -> Rows:
    """A row a maker or household; a lot that was poured together has one of its own."""
    codes = {recall["key"]: recall["code"] for recall in tables["lots"]["recalls"]}
    for lot in tables["lots"]["lots"]:
        days = (date.fromisoformat(lot["made_from"]), date.fromisoformat(lot["made_until"]))
        told = (lot["code"], lot["subject"], lot["state"], lot["quantity"], *days)
        for made in lot["made_by"] or [{}]:
            people = (_named(tables, made.get("maker")), _named(tables, made.get("household")))
            yield *told, *people, made.get("quantity", ""), codes.get(lot["recall"], "")


def _movement_headings() -> list[Heading]:
    words = (_("Lot"), _("What happened"), _("Quantity"), _("From"), _("To"), _("When"))
    return _headings((*words, _("Written down by"), _("Reason"), _("Corrects")), (3, 4, 6, 7))


def _movements(tables: Told) -> Rows:
    codes = {lot["key"]: lot["code"] for lot in tables["lots"]["lots"]}
    for row in tables["lots"]["movements"]:
        told = (codes[row["lot"]], row["kind"], row["quantity"])
        places = (_named(tables, row["from"]), _named(tables, row["to"]))
        noted = (figures.read_moment(row["happened_at"]), _named(tables, row["noted_by"]))
        yield *told, *places, *noted, row["reason"], row["corrects"] or ""


def _recall_headings() -> list[Heading]:
    words = (_("Recall"), _("Reason"), _("What to do"), _("Started on"), _("Started by"))
    return _headings(words, (1, 2, 4))


def _recalls(tables: Told) -> Rows:
    for row in tables["lots"]["recalls"]:
        started = (figures.read_moment(row["started_at"]), _named(tables, row["started_by"]))
        yield row["code"], row["reason"], row["advice"], *started


def _complaint_headings() -> list[Heading]:
    words = (_("Complaint"), _("About"), _("Pieces"), _("Replaced"), _("Refunded"), _("Dismissed"))
    more = (_("Received on"), _("Answered on"), _("Closed on"), _("What was done"), _("Reason"))
    return _headings((*words, *more), (0, 1, 10))


def _complaints(tables: Told) -> Rows:
    """A row a remedy; a complaint without one has a row of its own."""
    for row in tables["complaints"]:
        about = row["lot"] or row["delivery"] or row["order"]
        counts = (row["quantity"], row["replaced"], row["refunded"], row["dismissed"])
        moments = [figures.read_moment(row[word]) for word in ("received_at", "answered_at", "closed_at")]
        for remedy in row["remedies"] or [{}]:
            yield row["key"], about, *counts, *moments, remedy.get("kind", ""), remedy.get("reason", "")


def _named(tables: Told, key: str | None) -> str:
    return figures.called(tables, key) if key else ""
