"""What shares and standards are called in the list of records."""

from collections.abc import Collection

from lumbung.orders.models import Share
from lumbung.orders.rules.wording import goods_of
from lumbung.production.models import Standard


def _numbers(keys: Collection[str]) -> list[int]:
    written = (key.partition(":")[2] for key in keys)
    return [int(number) for number in written if number.isdecimal()]


def shares_named(keys: Collection[str]) -> dict[str, str]:
    """`share:7` → Sahnim, PSN-2026-0007."""
    rows = Share.objects.filter(pk__in=_numbers(keys))
    named = rows.values_list("pk", "maker__party__name", "line__order__code")
    return {f"share:{pk}": f"{maker}, {code}" for pk, maker, code in named}


def standards_named(keys: Collection[str]) -> dict[str, str]:
    """`standard:7` → PSN-2026-0007, masker kain, 2."""
    rows = Standard.objects.filter(pk__in=_numbers(keys)).select_related("line__order", "line__kind")
    return {one.key: f"{one.line.order.code}, {goods_of(one.line)}, {one.number}" for one in rows}
