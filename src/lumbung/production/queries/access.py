"""Who sees and does what of production, as orders say who they are."""

from lumbung.orders.queries.orders import may_decide, may_order, may_read_all

__all__ = ["may_approve", "may_read_all", "may_write"]

may_write = may_order
"""Who takes in orders writes their standards and notes what makers tell."""


def may_approve(person: object) -> bool:
    """Anybody of the office who decides or takes in orders; never the one who wrote, which the rule asks."""
    return may_order(person) or may_decide(person)
