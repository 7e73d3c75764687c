"""The columns of the lists that go out as Excel."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from foundation import formats
from foundation.sheets import Heading
from lumbung.makers.models import Maker
from lumbung.orders.models import Share, Split, SplitRow
from lumbung.orders.queries.eligibility import Row
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.orders.rules.wording import goods_of


def _maker_headings() -> list[Heading]:
    return [
        Heading(_("Maker"), 32),
        Heading(_("Village"), 22),
        Heading(_("District"), 20),
        Heading(_("Regency"), 20),
        Heading(_("Households"), 10),
    ]


def _maker_cells(maker: Maker, households: int) -> list[object]:
    village = maker.village
    return [
        maker.party.name,
        village.name,
        village.district.name,
        village.district.regency.short_name,
        households,
    ]


def able_headings() -> list[Heading]:
    return [
        *_maker_headings(),
        Heading(_("Capacity until the due date"), 14),
        Heading(_("Smallest lot"), 12),
        Heading(_("Price per unit"), 14),
        Heading(_("Transport per unit"), 14),
        Heading(_("Kilometres by road"), 12),
    ]


def able_row(row: Row) -> list[object]:
    candidate = row.candidate
    return [
        *_maker_cells(row.maker, candidate.households),
        candidate.capacity,
        candidate.minimum_lot,
        candidate.price,
        candidate.transport,
        (candidate.distance_metres or 0) // 1000,
    ]


def unable_headings() -> list[Heading]:
    return [*_maker_headings(), Heading(_("Reason"), 50), Heading(_("What would change it"), 50)]


def unable_row(row: Row) -> list[object]:
    return [*_maker_cells(row.maker, row.candidate.households), row.reason, row.change]


def chosen_headings(split: Split) -> list[Heading]:
    return [
        *_maker_headings(),
        Heading(_("Quantity"), 12),
        Heading(_("Price per unit"), 14),
        Heading(_("Value"), 18),
        Heading(_("Transport per unit"), 14),
        Heading(_("Visit"), 12),
        Heading(_("Capacity until the due date"), 14),
        Heading(_("First time"), 10),
        Heading(_("Reason"), 50),
    ]


def chosen_rows(split: Split, rows: Iterable[SplitRow]) -> Iterator[Sequence[object]]:
    """Every chosen maker, and the sums in the last row."""
    quantity = value = 0
    for row in rows:
        quantity, value = quantity + row.quantity, value + row.value_rupiah
        yield [
            *_maker_cells(row.maker, row.households),
            row.quantity,
            row.price_rupiah,
            row.value_rupiah,
            row.transport_rupiah,
            row.visit_rupiah,
            row.capacity,
            row.is_first_time,
            reason_sentence(row.reason, row.numbers),
        ]
    yield [_("Sum"), "", "", "", None, quantity, None, value]


def left_headings() -> list[Heading]:
    return [
        *_maker_headings(),
        Heading(_("Capacity until the due date"), 14),
        Heading(_("Reason"), 50),
        Heading(_("What would change it"), 50),
    ]


def left_row(row: SplitRow) -> list[object]:
    return [
        *_maker_cells(row.maker, row.households),
        row.capacity,
        reason_sentence(row.reason, row.numbers),
        change_sentence(row.reason, row.numbers),
    ]


def proof_headings() -> list[Heading]:
    return [Heading(_("Proof"), 34), Heading("", 70)]


def proof_rows(split: Split) -> list[list[object]]:
    return [
        [_("Order"), split.line.order.code],
        [_("Goods"), goods_of(split.line)],
        [_("Cost of the plan"), split.cost_rupiah],
        [_("Lower bound"), split.lower_bound_rupiah],
        [_("Gap"), split.gap_rupiah],
        [_("Cost budget"), formats.percent_bp(split.cost_budget_bp)],
        [_("Largest share per household"), split.largest_share],
        [_("Seed"), split.seed],
        [_("Input hash"), split.input_hash],
        [_("Computed by the library"), split.engine],
        [_("Compute again"), f"lumbung recompute {split.line.order.code}"],
    ]


def share_headings() -> list[Heading]:
    return [
        *_maker_headings(),
        Heading(_("Goods"), 26),
        Heading(_("Offered"), 12),
        Heading(_("Confirmed"), 12),
        Heading(_("Given back"), 12),
        Heading(_("Price per unit"), 14),
        Heading(_("Value"), 18),
        Heading(_("State"), 20),
        Heading(_("Sent"), 18),
        Heading(_("Answer until"), 18),
        Heading(_("Answered"), 18),
        Heading(_("Reason for not taking it"), 30),
        Heading(_("Collection point"), 24),
    ]


def share_row(share: Share, state: str) -> list[object]:
    return [
        *_maker_cells(share.maker, share.maker.households),
        goods_of(share.line),
        share.quantity,
        share.confirmed_quantity,
        share.released_quantity,
        share.price_rupiah,
        share.value_rupiah,
        state,
        share.sent_at,
        share.answer_until,
        share.answered_at,
        share.get_decline_reason_display() if share.decline_reason else "",
        share.collection_point.name,
    ]
