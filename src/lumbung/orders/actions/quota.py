"""The line's two counters, kept true under the line's lock."""

from foundation import clock
from lumbung.orders.choices import QUOTA_FULL
from lumbung.orders.models import OrderLine
from lumbung.orders.queries.orders import quantities_of
from lumbung.records.actions import leave_record


def settle(line: OrderLine, *, by: str) -> OrderLine:
    """Count the line's shares anew; the database refuses a sum above what is ordered."""
    was_full = line.confirmed_quantity == line.quantity
    line.confirmed_quantity, line.offered_quantity = quantities_of(line)
    is_full = line.confirmed_quantity == line.quantity
    if is_full and not was_full:
        line.full_since = clock.now()
    elif not is_full:
        line.full_since = None
    line.save(update_fields=["confirmed_quantity", "offered_quantity", "full_since"])
    if is_full and not was_full:
        content = {"line": line.pk, "quantity": line.quantity}
        leave_record(subject=line.order.key, deed=QUOTA_FULL, by=by, content=content)
    return line
