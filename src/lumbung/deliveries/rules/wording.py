"""Plans and results in plain words."""

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.deliveries.choices import Pieces
from lumbung.deliveries.rules.sampling import Plan

LOOKS = {
    Pieces.ACCEPTED: "passed",
    Pieces.BY_SAMPLE: "delivered",
    Pieces.REWORK: "rework",
    Pieces.REJECTED: "rejected",
    Pieces.OPEN: "unchecked",
}
"""The glyph of each place."""


def plan_sentence(plan: Plan) -> str:
    """Periksa 80 dari 1.000; lulus bila yang salah paling banyak 5."""
    words = {
        "sample": formats.number(plan.sample),
        "lot": formats.number(plan.lot),
        "most": formats.number(plan.acceptance),
    }
    if plan.is_sample:
        return _("Look at %(sample)s of %(lot)s; it passes if at most %(most)s are wrong.") % words
    return _("Look at all %(lot)s.") % words


def plan_reason(plan: Plan) -> str:
    """Why it is so many: the table's row, or why no sample is drawn."""
    if plan.why is not None:
        return _("Every piece, because %(why)s.") % {"why": plan.why.label}
    return _(
        "By MIL-STD-105E, level %(level)s, AQL %(aql)s, code letter %(letter)s. Draw them from all sacks and layers."
    ) % {"level": "I" * plan.level, "aql": formats.percent_bp(plan.aql_bp), "letter": plan.letter}


def over_sentence(brought: int, room: int) -> str:
    return _("%(brought)s brought, %(room)s were left of the share; not taken in.") % {
        "brought": formats.number(brought),
        "room": formats.number(room),
    }
