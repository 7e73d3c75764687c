"""What a record about an order says, as a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.formats import number
from lumbung.orders import choices

Content = Mapping[str, Any]


def sentence_of(deed: str, content: Content, maker: str = "") -> str:
    """One sentence for one deed, empty for those of other rooms; `maker`: name and village of whom it is about."""
    tell = _SENTENCES.get(deed)
    return tell(content, maker or _("A maker")) if tell else ""


def _accepted(n: Content, maker: str) -> str:
    words = {"maker": maker, "confirmed": number(n["confirmed"]), "offered": number(n["offered"])}
    if n["confirmed"] == n["offered"]:
        return _("%(maker)s takes %(confirmed)s.") % words
    return _("%(maker)s takes %(confirmed)s of %(offered)s.") % words


def _computed(n: Content, _maker: str) -> str:
    return _("Split %(number)s computed: %(makers)s makers, the largest share is %(largest)s.") % {
        "number": number(n["number"]),
        "makers": number(n["makers"]),
        "largest": number(n["largest_share"]),
    }


def _again(n: Content, _maker: str) -> str:
    words = {"quantity": number(n["quantity"]), "makers": number(n["makers"]), "short": number(n["shortage"])}
    if n["shortage"]:
        return _("%(quantity)s split again among %(makers)s makers; %(short)s are still with nobody.") % words
    return _("%(quantity)s split again among %(makers)s makers.") % words


def _finished(n: Content, _maker: str) -> str:
    if n["missing"]:
        return _("Order finished, %(missing)s fewer than ordered: %(note)s") % {
            "missing": number(n["missing"]),
            "note": n["note"],
        }
    return _("Order finished: everything came and passed.")


_SENTENCES: dict[str, Callable[[Content, str], str]] = {
    "orders.order_created": lambda n, m: _("Order taken in as a draft."),
    "orders.order_changed": lambda n, m: _("Terms changed."),
    "orders.line_set": lambda n, m: _("Line set: %(quantity)s.") % {"quantity": number(n["quantity"])},
    "orders.requirements_set": lambda n, m: _("Required certificates set."),
    "orders.collection_points_set": lambda n, m: _("Collection points set."),
    "files.kept": lambda n, m: _("A photo or document added."),
    "files.removed": lambda n, m: _("A photo or document taken away."),
    "orders.order_published": lambda n, m: _("Order published."),
    "orders.order_cancelled": lambda n, m: _("Order cancelled: %(reason)s") % {"reason": n["reason"]},
    "orders.split_computed": _computed,
    "orders.split_proposed": lambda n, m: _("Split %(number)s proposed.") % {"number": number(n["number"])},
    "orders.split_returned": lambda n, m: _("Split returned: %(reason)s") % {"reason": n["reason"]},
    "orders.priority_added": lambda n, m: (
        _("A village was put on the list of priority villages: %(basis)s") % n
    ),
    "orders.priority_ended": lambda n, m: _("A village was taken off the list of priority villages."),
    choices.SPLIT_DECIDED: lambda n, m: (
        _("Split %(number)s decided: %(makers)s offers.")
        % {"number": number(n["number"]), "makers": number(n["makers"])}
    ),
    "orders.split_again": _again,
    "orders.offers_sent": lambda n, m: _("%(count)s offers sent.") % {"count": number(len(n["shares"]))},
    choices.SHARE_ACCEPTED: _accepted,
    choices.SHARE_DECLINED: lambda n, m: _("%(maker)s: not this time.") % {"maker": m},
    choices.SHARE_RELEASED: lambda n, m: (
        _("%(maker)s gives back %(released)s.") % {"maker": m, "released": number(n["released"])}
    ),
    choices.SHARE_LAPSED: lambda n, m: (
        _("%(count)s offers lapsed, %(quantity)s came back.")
        % {"count": number(n["count"]), "quantity": number(n["quantity"])}
    ),
    choices.ORDER_FINISHED: _finished,
    choices.ORDER_REOPENED: lambda n, m: _("Order opened again: %(reason)s") % {"reason": n["reason"]},
    choices.QUOTA_FULL: lambda n, m: (
        _("Quota full: %(quantity)s confirmed.") % {"quantity": number(n["quantity"])}
    ),
}
