"""One reason each, as a sentence for the maker, the officer and the auditor, and what would change it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.formats import number, rupiah
from lumbung.orders.choices import Reason


def reason_sentence(code: str, numbers: Mapping[str, Any]) -> str:
    """Why this amount, or why none. Numbers are those that the split published."""
    sentence = _SENTENCES[Reason(code)]
    return sentence(numbers)


def change_sentence(code: str, numbers: Mapping[str, Any]) -> str:
    """What would have changed it; empty where a share was given."""
    change = _CHANGES.get(Reason(code))
    return change(numbers) if change else ""


def _common_cap(n: Mapping[str, Any]) -> str:
    if n.get("households", 1) > 1:
        return _("Common limit of %(cap)s × %(households)s households") % {
            "cap": number(n["cap"]),
            "households": number(n["households"]),
        }
    return _("Common limit: no household gets more than %(cap)s") % {"cap": number(n["cap"])}


def _cost(n: Mapping[str, Any]) -> str:
    if n.get("credit"):
        return _(
            "Cost up to the collection point %(own)s a unit, less a credit of %(credit)s; the threshold is %(limit)s"
        ) % {
            "own": rupiah(n["own"]),
            "credit": rupiah(n["credit"]),
            "limit": rupiah(n["limit"]),
        }
    return _("Cost up to the collection point %(own)s a unit; the threshold is %(limit)s") % {
        "own": rupiah(n["own"]),
        "limit": rupiah(n["limit"]),
    }


def _cost_change(n: Mapping[str, Any]) -> str:
    parts = []
    if n.get("unit_cost_in"):
        parts.append(_("In with a cost of at most %(cost)s a unit") % {"cost": rupiah(n["unit_cost_in"])})
    if n.get("capacity_in"):
        parts.append(
            _("in with a capacity of %(needed)s, now %(now)s")
            % {"needed": number(n["capacity_in"]), "now": number(n["capacity"])}
        )
    joined = _(", or ").join(parts)
    return joined[:1].upper() + joined[1:] if joined else _("A larger order")


def _lot_change(n: Mapping[str, Any]) -> str:
    return _("In with a smallest lot of %(cap)s or less") % {"cap": number(n["cap"])}


Words = Callable[[Mapping[str, Any]], str]

_SENTENCES: dict[Reason, Words] = {
    Reason.CAPACITY: lambda n: (
        _("Own capacity until the due date: %(capacity)s") % {"capacity": number(n["capacity"])}
    ),
    Reason.COMMON_CAP: _common_cap,
    Reason.MINIMUM_LOT: lambda n: _("Own smallest lot: %(lot)s") % {"lot": number(n["lot"])},
    Reason.LAST_MAKER: lambda n: _("Last maker: takes what completes the order"),
    Reason.WHOLE_ORDER: lambda n: _("Makes the whole order"),
    Reason.KEPT: lambda n: _("Agreed before, and kept"),
    Reason.COST: _cost,
    Reason.LOT_ABOVE_CAP: lambda n: (
        _("Smallest lot %(lot)s is above the common limit %(cap)s")
        % {"lot": number(n["lot"]), "cap": number(n["cap"])}
    ),
    Reason.LOT_ABOVE_ORDER: lambda n: (
        _("Smallest lot %(lot)s is above what is still to be given out") % {"lot": number(n["lot"])}
    ),
    Reason.TIE: lambda n: _("Level with others at the threshold; the draw went to them"),
    Reason.SURPLUS: lambda n: _("What was left at the threshold is smaller than the own smallest lot"),
    Reason.ALREADY_ANSWERED: lambda n: _("Has answered an offer of this order before"),
    Reason.NOT_ACTIVE: lambda n: _("The workshop is not active"),
    Reason.DUPLICATE: lambda n: _("Counts as one household with another maker"),
    Reason.CERTIFICATE: lambda n: (
        _("No valid certificate: %(schemes)s") % {"schemes": ", ".join(n["schemes"])}
    ),
    Reason.PRICE_ABOVE_CEILING: lambda n: (
        _("Price %(price)s is above the ceiling %(ceiling)s")
        % {"price": rupiah(n["price"]), "ceiling": rupiah(n["ceiling"])}
    ),
    Reason.NO_CAPACITY: lambda n: _("No free capacity before the due date"),
    Reason.LOT_ABOVE_CAPACITY: lambda n: (
        _("Smallest lot %(lot)s is above the free capacity %(capacity)s")
        % {"lot": number(n["lot"]), "capacity": number(n["capacity"])}
    ),
    Reason.NO_POINT: lambda n: _("The village has no map point, so no distance"),
}

_CHANGES: dict[Reason, Words] = {
    Reason.COST: _cost_change,
    Reason.LOT_ABOVE_CAP: _lot_change,
    Reason.LOT_ABOVE_ORDER: _lot_change,
    Reason.TIE: lambda n: (
        _("Only the draw: ticket %(ticket)s, limit %(limit)s")
        % {"ticket": str(n["ticket"])[:4], "limit": str(n["limit"])[:4]}
    ),
    Reason.SURPLUS: _cost_change,
    Reason.ALREADY_ANSWERED: lambda n: _("The next order"),
    Reason.NOT_ACTIVE: lambda n: _("Tell the office that the workshop is active again"),
    Reason.DUPLICATE: lambda n: _("An officer looks whether they are two households"),
    Reason.CERTIFICATE: lambda n: _("A certificate valid until the due date"),
    Reason.PRICE_ABOVE_CEILING: lambda n: (
        _("A price of at most %(ceiling)s") % {"ceiling": rupiah(n["ceiling"])}
    ),
    Reason.NO_CAPACITY: lambda n: _("Free weeks before the due date"),
    Reason.LOT_ABOVE_CAPACITY: lambda n: (
        _("In with a smallest lot of %(capacity)s or less") % {"capacity": number(n["capacity"])}
    ),
    Reason.NO_POINT: lambda n: _("The office enters the village's map point"),
}
