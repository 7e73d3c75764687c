"""What was agreed on before the start, and what was made: sheets, confirmations, parts, pieces."""

from collections.abc import Sequence
from typing import Any

from lumbung.dossier.queries.order import Row, day, moment
from lumbung.orders.models import Order, Share
from lumbung.production.models import Confirmation, Made, Part, Standard


def production_table(order: Order, shares: Sequence[Share]) -> Row:
    numbers = [share.pk for share in shares]
    standards = Standard.objects.filter(line__order=order, dropped_at__isnull=True).prefetch_related("rows")
    return {
        "standards": [_standard(standard) for standard in standards.order_by("pk")],
        "confirmations": [
            {"share": f"share:{found.share_id}", "standard": f"standard:{found.standard_id}"}
            | {"confirmed_at": moment(found.confirmed_at), "confirmed_by": found.confirmed_by}
            for found in Confirmation.objects.filter(share__in=numbers).order_by("pk")
        ],
        "parts": [_part(part) for part in Part.objects.filter(share__in=numbers).order_by("pk")],
        "made": [_made(made) for made in Made.objects.filter(share__in=numbers).order_by("pk")],
    }


def _standard(standard: Standard) -> Row:
    return {
        "key": standard.key,
        "line": f"line:{standard.line_id}",
        "number": standard.number,
        "words": standard.words,
        "rows": [
            {"measure": row.measure, "target": row.target, "tolerance": row.tolerance, "unit": row.unit}
            for row in standard.rows.all()
        ],
        "sample_made_by": standard.sample_made_by,
        "sample_made_on": day(standard.sample_made_on),
        "written_at": moment(standard.written_at),
        "written_by": standard.written_by,
        "approved_at": moment(standard.approved_at),
        "approved_by": standard.approved_by,
    }


def _part(part: Part) -> Row:
    return {
        "key": part.key,
        "share": f"share:{part.share_id}",
        "member": f"person:{part.person_id}",
        "household": f"household:{part.household_id}" if part.household_id else None,
        "quantity": part.quantity,
        "pay_rupiah": part.pay_rupiah,
        "passed_at": moment(part.passed_at),
        "passed_by": part.passed_by,
        "confirmed_at": moment(part.confirmed_at),
        "confirmed_by": part.confirmed_by,
        "corrects": f"part:{part.corrects_id}" if part.corrects_id else None,
    }


def _made(made: Made) -> dict[str, Any]:
    return {
        "key": f"made:{made.pk}",
        "share": f"share:{made.share_id}",
        "part": f"part:{made.part_id}" if made.part_id else None,
        "standard": f"standard:{made.standard_id}",
        "made_on": day(made.made_on),
        "quantity": made.quantity,
        "entered_at": moment(made.entered_at),
        "entered_by": made.entered_by,
        "corrects": f"made:{made.corrects_id}" if made.corrects_id else None,
    }
