"""The first page that a person opens: the order on two sheets of paper, as PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.utils import timezone

from lumbung.dossier.rules import figures

NAME = "RINGKASAN.pdf"
FORMS = Path(__file__).resolve().parents[1] / "templates" / "dossier" / "typst"
PDF_STANDARD: Final = "a-2b"
DEMO_MARK = "DATA CONTOH"


def pdf_of(tables: Mapping[str, Any], made_at: datetime) -> bytes:
    """The same tables of the same moment give the same bytes."""
    told = json.dumps(summary_of(tables, made_at), ensure_ascii=False, sort_keys=True)
    return typst.compile(
        FORMS / "summary.typ",
        root=FORMS,
        ignore_system_fonts=True,
        sys_inputs={"order": told},
        pdf_standards=PDF_STANDARD,
        timestamp=int(made_at.timestamp()),
        format="pdf",
    )


def summary_of(tables: Mapping[str, Any], made_at: datetime) -> dict[str, Any]:
    order, records = tables["order"], tables["records"]
    return {
        "code": order["code"],
        "title": order["title"],
        "buyer": figures.called(tables, order["buyer"]),
        "office": settings.OFFICE_NAME,
        "due_on": order["due_on"],
        "published_on": _day(order["published_at"]),
        "cancelled": order["cancelled_reason"],
        "basis": [order["legal_basis"], order["budget_line"], order["responsible_official"]],
        "mark": DEMO_MARK if order["is_demo"] else "",
        "made": timezone.localtime(made_at).isoformat(timespec="minutes"),
        "lines": figures.by_line(tables),
        "money": figures.money(tables),
        "answers": figures.answers(tables),
        "largest": figures.largest(tables),
        "makers": figures.makers_holding(tables),
        "asked": len(tables["makers"]),
        "splits": [_split(split, tables) for split in tables["splits"]],
        "letters": len(tables["letters"]),
        "files": len(tables["files"]),
        "records": sum(len(chain["records"]) for chain in records["chains"]),
        "chains": len(records["chains"]),
        "seal": records["seal"],
    }


def _split(split: Mapping[str, Any], tables: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": split["number"],
        "again": split["parent"] is not None,
        "makers": len(split["amounts"]),
        "quantity": sum(split["amounts"].values()),
        "proposed_by": figures.called(tables, split["proposed_by"]),
        "decided_by": figures.called(tables, split["decided_by"]),
        "decided_on": _day(split["decided_at"]),
        "input_hash": split["input_hash"],
    }


def _day(moment: str | None) -> str:
    return timezone.localtime(datetime.fromisoformat(moment)).date().isoformat() if moment else ""
