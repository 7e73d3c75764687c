"""What each letter says: facts from the rows alone, in Indonesian whatever language the page has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation import clock, formats
from lumbung.deliveries.choices import Becomes, Fault, Looks, Round
from lumbung.letters.rules.contents import (
    BastContent,
    Deduction,
    GoodsLine,
    InspectedLine,
    InspectionContent,
    Official,
    ReceiptContent,
    Side,
    SpkContent,
)
from lumbung.orders.rules.wording import goods_of, unit_of

if TYPE_CHECKING:
    from lumbung.deliveries.models import Delivery, Finding, Inspection
    from lumbung.money.models import Payment
    from lumbung.orders.models import CollectionPoint, Order, OrderLine, Share
    from lumbung.organisations.models import Party
    from lumbung.production.models import Standard


def maker_of(share: "Share") -> Side:
    """The owner, the workshop where it has another name, and the village."""
    owner, workshop = share.maker.owner.full_name, str(share.maker)
    same = workshop == owner or workshop.startswith(f"{owner} ")
    return Side(owner, "" if same else workshop, share.maker.village.full_name)


def point_of(point: "CollectionPoint") -> str:
    """The collection point with its village."""
    return f"{point.name}, {point.village.full_name}"


def title_of(order: "Order") -> str:
    return _("Order %(title)s") % {"title": order.title}


# Order letters


def order_letter(share: "Share", standard: "Standard | None") -> SpkContent:
    """The share as it is held now: pieces, price, day, place, and how it is inspected and paid."""
    line, order = share.line, share.line.order
    goods = GoodsLine(goods_of(line), share.held_quantity, unit_of(line), share.price_rupiah)
    return SpkContent(
        maker=maker_of(share),
        order_code=order.code,
        order_title=order.title,
        lines=(goods,),
        due_on=order.due_on,
        delivery_place=point_of(share.collection_point),
        basis=(order.legal_basis,) if order.legal_basis else (),
        terms=(*_made_by(standard), *_handed_over(), _paid(order)),
    )


def _made_by(standard: "Standard | None") -> Iterable[str]:
    if standard is None or standard.approved_at is None:
        return
    yield _("Each piece follows version %(number)s of the standard, approved on %(day)s.") % {
        "number": standard.number,
        "day": formats.day_full(standard.approved_at),
    }


def _handed_over() -> Iterable[str]:
    yield _("The pieces are counted together when they are handed over, and inspected after that.")
    yield _(
        "Pieces that are not as agreed go back to be put right. "
        "Rejected pieces are not paid; the reason is written in the inspection record."
    )


def _paid(order: "Order") -> str:
    days = order.payment_days
    told = ngettext(
        "%(payer)s pays for the pieces that pass, within %(days)s day after delivery.",
        "%(payer)s pays for the pieces that pass, within %(days)s days after delivery.",
        days,
    )
    return told % {"payer": order.buyer.name, "days": days}


# Records of delivery and inspection


def delivery_record(
    delivery: "Delivery", *, office: "Party", receiver: str, order_letter: str
) -> BastContent:
    """What was handed over, to whom at which place; `order_letter` is the number of the share's letter, if any."""
    share, line = delivery.share, delivery.share.line
    goods = GoodsLine(
        goods_of(line), delivery.delivered_quantity, unit_of(line), note=_brought(delivery.brought_by)
    )
    return BastContent(
        giver=maker_of(share),
        receiver=Side(receiver or office.name, office.name if receiver else ""),
        order_code=line.order.code,
        order_letter=order_letter,
        lines=(goods,),
        delivered_on=delivery.delivered_on,
        place=point_of(delivery.collection_point),
        note=" ".join(filter(None, (delivery.code, delivery.note))),
    )


def _brought(by: str) -> str:
    return _("brought by %(name)s") % {"name": by} if by else ""


@dataclass(frozen=True)
class Moved:
    """Where an inspection's pieces went, corrections counted in."""

    accepted: int = 0
    by_sample: int = 0
    rework: int = 0
    rejected: int = 0


def inspection_record(
    inspection: "Inspection", moved: Moved, findings: Sequence["Finding"], *, inspector: str, office: "Party"
) -> InspectionContent:
    """What was found, piece by piece or by sample, and why pieces go back or are rejected."""
    delivery, line = inspection.delivery, inspection.delivery.share.line
    rework = _in_rework(inspection, moved, findings)
    passed = moved.accepted + moved.by_sample
    row = InspectedLine(
        goods_of(line),
        unit_of(line),
        delivered=inspection.lot_quantity,
        accepted=passed,
        rework=rework,
        rejected=moved.rejected,
        unchecked=inspection.lot_quantity - passed - rework - moved.rejected,
        note=_looked_at(inspection, moved),
    )
    return InspectionContent(
        maker=maker_of(delivery.share),
        order_code=line.order.code,
        inspected_on=clock.day_of(inspection.closed_at or inspection.opened_at),
        place=point_of(delivery.collection_point),
        inspectors=(Official(inspector or office.name, position=pgettext("letter", "Inspector")),),
        rows=(row,),
        note=_found(inspection, findings, unit_of(line)),
    )


def _in_rework(inspection: "Inspection", moved: Moved, findings: Sequence["Finding"]) -> int:
    """Pieces that came back from rework and need it again make no move: their findings tell of them."""
    if inspection.round == Round.FIRST:
        return moved.rework
    again = sum(each.quantity for each in findings if each.becomes == Becomes.REWORK)
    return min(again, inspection.lot_quantity - moved.accepted - moved.by_sample - moved.rejected)


def _looked_at(inspection: "Inspection", moved: Moved) -> str:
    if inspection.looks == Looks.WHOLE:
        return _("every piece looked at")
    words = _("by sample: %(looked)s of %(lot)s looked at, at most %(most)s may be wrong") % {
        "looked": formats.number(inspection.looked_quantity),
        "lot": formats.number(inspection.lot_quantity),
        "most": formats.number(inspection.acceptance_number),
    }
    if not moved.by_sample:
        return words
    return _("%(words)s; %(pieces)s accepted without being looked at") % {
        "words": words,
        "pieces": formats.number(moved.by_sample),
    }


def _found(inspection: "Inspection", findings: Sequence["Finding"], unit: str) -> str:
    told = [f"{inspection.delivery.code}."]
    told += [
        _("%(quantity)s %(unit)s: %(fault)s, %(becomes)s.")
        % {
            "quantity": formats.number(each.quantity),
            "unit": unit,
            "fault": _fault(each).lower(),
            "becomes": each.get_becomes_display(),
        }
        for each in findings
    ]
    return " ".join((*told, inspection.note)).strip()


def _fault(finding: "Finding") -> str:
    label = str(Fault(finding.fault).label)
    if finding.fault == Fault.OTHER:
        return finding.words
    return f"{label} ({finding.words})" if finding.words else label


# Receipts


@dataclass(frozen=True)
class PaidPart:
    """What a payment paid of one share, as it stands after corrections, and what was held back of the same entries."""

    share: str
    """How the share is called: its maker and its order."""
    amount: int
    deductions: tuple[Deduction, ...] = field(default=())


def receipt(payment: "Payment", parts: Sequence[PaidPart], names: Mapping[str, str]) -> ReceiptContent:
    """Money of one payment: gross, what was held back by name, and what was paid, in figures and in words."""
    held_back = [each for part in parts for each in part.deductions]
    paid = sum(part.amount for part in parts)
    return ReceiptContent(
        payer=names.get(payment.payer, payment.payer),
        receiver=Side(names.get(payment.payee, payment.payee)),
        amount_rupiah=paid + sum(each.amount_rupiah for each in held_back),
        purpose="; ".join(dict.fromkeys(part.share for part in parts)),
        paid_on=payment.paid_on,
        way=_by_way(payment),
        deductions=tuple(held_back),
    )


def _by_way(payment: "Payment") -> str:
    """Cash or transfer, and its reference; never an account."""
    if not payment.account_id:
        return " ".join(filter(None, (pgettext("payment", "in cash"), payment.reference)))
    return " ".join(filter(None, (pgettext("payment", "by transfer"), payment.reference)))


def goods_words(line: "OrderLine", pieces: int) -> str:
    """120 lembar Masker kain, dewasa."""
    return f"{formats.number(pieces)} {unit_of(line)} {goods_of(line)}"
