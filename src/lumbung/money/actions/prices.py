"""Setting who gets how much of the buyer's price."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from foundation import clock
from foundation.errors import refuse
from lumbung.money import rules
from lumbung.money.choices import PRICE_SET
from lumbung.money.models import PriceRow, PriceSheet
from lumbung.money.rules import NewRow
from lumbung.records.actions import leave_record


def set_price(
    *,
    line: str,
    buyer_rupiah: int,
    rows: Sequence[NewRow],
    by: str,
    in_force_from: datetime | None = None,
    is_demo: bool = False,
) -> PriceSheet:
    """A new version of a line's price sheet, from now or a moment on; the versions before it stay as they were."""
    refuse(rules.why_not_sheet(buyer_rupiah, rows), field="buyer_rupiah")
    amounts = rules.amounts_of(buyer_rupiah, rows)
    with transaction.atomic():
        before = PriceSheet.objects.select_for_update().filter(line=line).order_by("pk")
        version = len(before) + 1
        latest = before.aggregate(latest=Max("in_force_from"))["latest"]
        moment = in_force_from or clock.now()
        sheet = PriceSheet.objects.create(
            line=line,
            version=version,
            in_force_from=max(moment, latest) if latest else moment,
            buyer_rupiah=buyer_rupiah,
            set_by=by,
            is_demo=is_demo,
        )
        PriceRow.objects.bulk_create(
            PriceRow(
                sheet=sheet,
                place=place,
                receiver=row.receiver,
                words=" ".join(row.words.split())[:120],
                basis_points=None if row.is_rest else row.basis_points,
                rupiah=amount,
                is_rest=row.is_rest,
            )
            for place, (row, amount) in enumerate(zip(rows, amounts, strict=True), start=1)
        )
        leave_record(subject=line, deed=PRICE_SET, by=by, content=_told(sheet, rows, amounts))
    return sheet


def _told(sheet: PriceSheet, rows: Sequence[NewRow], amounts: Sequence[int]) -> dict[str, object]:
    parts = [
        {"receiver": str(row.receiver), "rupiah": amount} for row, amount in zip(rows, amounts, strict=True)
    ]
    return {
        "version": sheet.version,
        "price": sheet.buyer_rupiah,
        "from": sheet.in_force_from.isoformat(),
        "parts": parts,
    }
