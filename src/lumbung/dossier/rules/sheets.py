"""The tables of a dossier as a workbook: the same rows as data/*.json, with names beside the keys."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.sheets import Heading, Workbook
from lumbung.dossier.rules import after, figures

NAME = "RINCIAN.xlsx"
Rows = Iterable[Sequence[object]]
Told = Mapping[str, Any]


def workbook_of(tables: Told) -> bytes:
    """Every table on a sheet of its own."""
    file = io.BytesIO()
    with Workbook(file) as book:
        for title, headings, rows in sheets_of(tables):
            sheet = book.sheet(title, headings)
            for row in rows:
                sheet.row(row)
    return file.getvalue()


def sheets_of(tables: Told) -> Iterable[tuple[str, list[Heading], Rows]]:
    yield _("Goods"), _goods_headings(), _goods(tables)
    yield _("Shares"), _share_headings(), _shares(tables)
    yield _("Reasons"), _reason_headings(), _reasons(tables)
    yield _("Pieces made"), _made_headings(), _made(tables)
    yield _("Deliveries"), _delivery_headings(), _deliveries(tables)
    yield _("Inspections"), _inspection_headings(), _inspections(tables)
    yield from after.sheets_of(tables)
    yield _("Dues"), _due_headings(), _dues(tables)
    yield _("Payments"), _payment_headings(), _payments(tables)
    yield _("Letters"), _letter_headings(), _letters(tables)
    yield _("Files"), _file_headings(), _files(tables)
    yield _("Records"), _record_headings(), _records(tables)


def _goods_headings() -> list[Heading]:
    words = (_("Goods"), _("Ordered"), _("Confirmed"), _("Made"), _("Delivered"))
    states = (_("Accepted"), _("Accepted by sample"), _("Rework"), _("Rejected"), _("Not inspected"))
    return [Heading(word, 24 if at == 0 else 14) for at, word in enumerate((*words, *states))]


def _goods(tables: Told) -> Rows:
    keys = ("name", "ordered", "confirmed", "made", "delivered", *figures.STATES)
    return ([line[key] for key in keys] for line in figures.by_line(tables))


def _share_headings() -> list[Heading]:
    words = (_("Share"), _("Maker"), _("Village"), _("State"), _("Offered"), _("Confirmed"), _("Given back"))
    more = (_("Price"), _("Reason"), _("Offered on"), _("Answered on"), _("Answered by"))
    return [Heading(word, 26 if at in (1, 2) else 14) for at, word in enumerate((*words, *more))]


def _shares(tables: Told) -> Rows:
    makers = {maker["key"]: maker for maker in tables["makers"]}
    for share in tables["shares"]:
        maker = makers.get(share["maker"], {})
        yield (
            share["key"],
            maker.get("name", share["maker"]),
            maker.get("village", ""),
            share["state"],
            share["quantity"],
            share["confirmed"],
            share["released"],
            share["price_rupiah"],
            share["reason"],
            figures.read_moment(share["offered_at"]),
            figures.read_moment(share["answered_at"]),
            figures.called(tables, share["answered_by"]),
        )


def _reason_headings() -> list[Heading]:
    words = (_("Split"), _("Maker"), _("Village"), _("Eligible"), _("Quantity"), _("Reason"))
    return [Heading(word, 26 if at in (1, 2) else 14) for at, word in enumerate(words)]


def _reasons(tables: Told) -> Rows:
    makers = {maker["key"]: maker for maker in tables["makers"]}
    for row in tables["reasons"]:
        maker = makers.get(row["maker"], {})
        named = (maker.get("name", row["maker"]), maker.get("village", ""))
        yield row["split"], *named, row["eligible"], row["quantity"], row["reason"]


def _made_headings() -> list[Heading]:
    words = (
        _("Share"),
        _("Day"),
        _("Quantity"),
        _("Member"),
        _("Entered on"),
        _("Entered by"),
        _("Corrects"),
    )
    return [Heading(word, 24 if at in (3, 5) else 14) for at, word in enumerate(words)]


def _made(tables: Told) -> Rows:
    members = {part["key"]: part["member"] for part in tables["production"]["parts"]}
    for row in tables["production"]["made"]:
        yield (
            row["share"],
            date.fromisoformat(row["made_on"]),
            row["quantity"],
            figures.called(tables, members.get(row["part"], "")),
            figures.read_moment(row["entered_at"]),
            figures.called(tables, row["entered_by"]),
            row["corrects"] or "",
        )


def _delivery_headings() -> list[Heading]:
    words = (_("Delivery"), _("Share"), _("Day"), _("Delivered"), _("Brought by"), _("Received by"))
    states = (_("Accepted"), _("Accepted by sample"), _("Rework"), _("Rejected"), _("Not inspected"))
    return [Heading(word, 22 if at in (0, 4, 5) else 14) for at, word in enumerate((*words, *states))]


def _deliveries(tables: Told) -> Rows:
    for row in tables["deliveries"]["deliveries"]:
        told = (row["key"], row["share"], date.fromisoformat(row["delivered_on"]), row["quantity"])
        people = (row["brought_by"], figures.called(tables, row["received_by"]))
        yield *told, *people, *(row["states"].get(state, 0) for state in figures.STATES)


def _inspection_headings() -> list[Heading]:
    words = (_("Delivery"), _("Inspection"), _("Closed on"), _("Closed by"), _("Lot"), _("Looked at"))
    more = (_("Verdict"), _("Fault"), _("Quantity"), _("Becomes"), _("In words"))
    return [Heading(word, 22 if at in (0, 3, 10) else 14) for at, word in enumerate((*words, *more))]


def _inspections(tables: Told) -> Rows:
    """A row a finding; an inspection without one has a row of its own."""
    for row in tables["deliveries"]["inspections"]:
        told = (
            row["delivery"],
            row["number"],
            figures.read_moment(row["closed_at"]),
            figures.called(tables, row["closed_by"]),
        )
        seen = (row["lot"], row["looked"], row["verdict"])
        for found in row["findings"] or [{}]:
            kinds = (found.get("fault", ""), found.get("quantity", ""), found.get("becomes", ""))
            yield *told, *seen, *kinds, found.get("words", "")


def _due_headings() -> list[Heading]:
    words = (_("Share"), _("Kind"), _("Amount in rupiah"), _("Reason"), _("Pay-day"), _("Payee"), _("Payer"))
    return [Heading(word, 26 if at in (3, 5, 6) else 16) for at, word in enumerate((*words, _("Corrects")))]


def _dues(tables: Told) -> Rows:
    for row in tables["money"]["dues"]:
        people = (figures.called(tables, row["payee"]), figures.called(tables, row["payer"]))
        told = (
            row["share"],
            row["kind"],
            row["amount_rupiah"],
            row["reason"],
            date.fromisoformat(row["pay_on"]),
        )
        yield *told, *people, row["corrects"] or ""


def _payment_headings() -> list[Heading]:
    words = (_("Payment"), _("Share"), _("Amount in rupiah"), _("Paid on"), _("Payee"), _("Payer"))
    more = (_("Account"), _("Reference"), _("Corrects"))
    return [Heading(word, 26 if at in (4, 5) else 16) for at, word in enumerate((*words, *more))]


def _payments(tables: Told) -> Rows:
    for row in tables["money"]["payments"]:
        people = (figures.called(tables, row["payee"]), figures.called(tables, row["payer"]))
        proof = (row["account"], row["reference"], row["corrects"] or "")
        for part in row["parts"]:
            paid = (part["share"], part["amount_rupiah"], date.fromisoformat(row["paid_on"]))
            yield row["key"], *paid, *people, *proof


def _letter_headings() -> list[Heading]:
    words = (
        _("Number"),
        _("Kind"),
        _("About"),
        _("Belongs to"),
        _("Date"),
        _("Issued by"),
        _("Voided because"),
    )
    return [Heading(word, 26) for word in (*words, _("File"))]


def _letters(tables: Told) -> Rows:
    for row in tables["letters"]:
        told = (
            row["number"],
            row["kind"],
            row["title"],
            row["subject"],
            date.fromisoformat(row["issued_on"]),
        )
        yield *told, figures.called(tables, row["issued_by"]), row["void_reason"], row["path"]


def _file_headings() -> list[Heading]:
    words = (_("Belongs to"), _("Name"), _("File"), _("Put there on"), _("Put there by"))
    return [Heading(word, 30) for word in words]


def _files(tables: Told) -> Rows:
    for row in tables["files"]:
        yield (
            row["subject"],
            row["name"],
            row["path"],
            figures.read_moment(row["attached_at"]),
            figures.called(tables, row["attached_by"]),
        )


def _record_headings() -> list[Heading]:
    words = (_("Chain"), _("Place in the chain"), _("When"), _("Who"), _("Deed"), _("Content"), _("Hash"))
    return [Heading(word, 60 if at == 5 else 20) for at, word in enumerate(words)]


def _records(tables: Told) -> Rows:
    for chain in tables["records"]["chains"]:
        for row in chain["records"]:
            named = (figures.read_moment(row["at"]), figures.called(tables, row["actor"]))
            yield chain["subject"], row["position"], *named, row["deed"], row["content"], row["hash"]
