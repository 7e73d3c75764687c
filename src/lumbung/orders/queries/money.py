"""How money's subjects are called and found: orders, lines and shares by what people know of them."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from foundation import formats
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.rules.wording import goods_of, line_title, unit_of

MOST_FOUND = 40


def numbers_in(kind: str, keys: Collection[str]) -> list[int]:
    """`share:77` → 77; keys of other kinds are left out."""
    parts = (key.partition(":") for key in keys)
    return [int(number) for found, _colon, number in parts if found == kind and number.isdecimal()]


def lines_called(numbers: Iterable[int]) -> dict[int, str]:
    """Line → its title and its order's number."""
    lines = OrderLine.objects.filter(pk__in=list(numbers)).select_related("kind", "order")
    return {line.pk: f"{line.order.code}: {line_title(line)}" for line in lines}


def shares_called(numbers: Iterable[int]) -> dict[int, str]:
    """Share → how many of which goods it is, and its order's number."""
    shares = Share.objects.filter(pk__in=list(numbers)).select_related("line__kind", "line__order")
    return {share.pk: _share_words(share) for share in shares}


def _share_words(share: Share) -> str:
    pieces = share.held_quantity or share.quantity
    return f"{formats.number(pieces)} {unit_of(share.line)} {goods_of(share.line)}, {share.line.order.code}"


def order_codes_of(shares: Iterable[int]) -> dict[int, str]:
    """Share → its order's number."""
    return dict(Share.objects.filter(pk__in=list(shares)).values_list("pk", "line__order__code"))


def codes_called(text: str) -> list[str]:
    """The numbers of orders whose number or name holds the text, the newest first."""
    fits = Q(code__icontains=text.strip()) | Q(title__icontains=text.strip())
    return list(Order.objects.filter(fits).order_by("-pk").values_list("code", flat=True)[:MOST_FOUND])


def lines_found(text: str) -> list[int]:
    """The lines of the orders whose number or name holds the text."""
    text = text.strip().partition(":")[0]
    fits = Q(order__code__icontains=text) | Q(order__title__icontains=text)
    return list(OrderLine.objects.filter(fits).order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])


def shares_found(text: str) -> list[int]:
    """Shares of makers whose name holds the text, the newest first."""
    found = Share.objects.filter(maker__party__name__icontains=text.strip())
    return list(found.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])


def share_held(number: int) -> Share | None:
    """A share of a running order of which its maker holds something, with maker and buyer."""
    share = (
        Share.objects.filter(pk=number, line__order__cancelled_at__isnull=True)
        .select_related("maker__party", "line__order__buyer")
        .first()
    )
    return share if share and share.held_quantity else None
