"""Sets a letter as PDF: the same letter, signed on the same moment, gives the same bytes.

The forms lie in `templates/letters/typst/`, one a kind; they hold the Indonesian words of the letters, and get the
plain facts. Only the fonts that typst brings are used, so that every machine sets alike. The file is PDF/A, which
archives keep.
"""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import segno
import typst

from foundation import formats
from lumbung.letters.models import Letterhead
from lumbung.letters.rules.issuing import code_shown

FORMS = Path(__file__).resolve().parents[1] / "templates" / "letters" / "typst"
PDF_STANDARD: Final = "a-2b"
DEMO_MARK = "DATA CONTOH"
DRAFT_NUMBER = "– KONSEP –"


@dataclass(frozen=True)
class Sheet:
    """All that a letter prints."""

    kind: str
    number: str
    title: str
    at: datetime
    facts: Mapping[str, Any]
    head: Letterhead
    logo: bytes = b""
    """A picture, as PNG."""
    secret: str = ""
    site: str = ""
    is_demo: bool = False


def pdf_of(sheet: Sheet) -> bytes:
    """The letter as PDF."""
    given = {"letter": json.dumps(_told(sheet), ensure_ascii=False, sort_keys=True)}
    if sheet.secret:
        given["qr"] = _qr(address_of(sheet.site, sheet.secret))
    if sheet.logo:
        given["logo"] = _framed(sheet.logo)
    return typst.compile(
        FORMS / "letter.typ",
        root=FORMS,
        ignore_system_fonts=True,
        sys_inputs=given,
        pdf_standards=PDF_STANDARD,
        timestamp=int(sheet.at.timestamp()),
        format="pdf",
    )


def _told(sheet: Sheet) -> dict[str, Any]:
    day = formats.local(sheet.at)
    head = sheet.head
    return {
        "kind": str(sheet.kind),
        "number": sheet.number or DRAFT_NUMBER,
        "title": sheet.title,
        "day": day.isoformat(),
        "place": head.place,
        "mark": DEMO_MARK if sheet.is_demo else "",
        "draft": not sheet.number,
        "head": {"lines": head.lines, "address": head.address, "phone": head.phone},
        "signer": {
            "name": head.signer_name,
            "position": head.signer_position,
            "rank": head.signer_rank,
            "nip": head.signer_nip,
        },
        "check": {"code": code_shown(sheet.secret), "address": check_page(sheet.site).partition("://")[2]},
        "content": dict(sheet.facts),
    }


def check_page(site: str) -> str:
    """Where a code is typed."""
    return f"{site.rstrip('/')}/surat/periksa/"


def address_of(site: str, secret: str) -> str:
    """Where the QR of a letter leads."""
    return f"{check_page(site)}{secret}/"


def _qr(address: str) -> str:
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", border=0, xmldecl=False)
    return written.getvalue().decode()


def _framed(picture: bytes) -> str:
    """The picture within an SVG, because a form takes text only."""
    inside = base64.b64encode(picture).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<image width="100" height="100" href="data:image/png;base64,{inside}"/></svg>'
    )
