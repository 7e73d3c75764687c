"""How far shares are after they were handed over: delivered, inspected, paid."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from lumbung.deliveries.queries.finishing import closings
from lumbung.deliveries.queries.lists import shares_counted
from lumbung.deliveries.rules import Handed, stage_of
from lumbung.money.queries import totals_of
from lumbung.orders.models import Share


def stages(shares: Sequence[Share]) -> dict[int, str]:
    """Two queries, however many shares; those of which nothing was handed over are left out."""
    found: QuerySet[Share] = shares_counted(Share.objects.filter(pk__in=[share.pk for share in shares]))
    closed = Exists(closings().filter(share=OuterRef("pk")))
    counts = found.filter(Q(delivered__gt=0)).annotate(closed=closed)
    rows = list(
        counts.values_list(
            "pk", "confirmed_quantity", "released_quantity", "delivered", "open_pieces", "rework", "closed"
        )
    )
    money = totals_of([f"share:{row[0]}" for row in rows])
    return {
        pk: stage_of(
            Handed(
                to_come=0 if is_closed else confirmed - released - delivered,
                waiting=open_ + rework,
                due=money[f"share:{pk}"].due if f"share:{pk}" in money else 0,
                unpaid=money[f"share:{pk}"].open if f"share:{pk}" in money else 0,
            )
        )
        for pk, confirmed, released, delivered, open_, rework, is_closed in rows
    }
