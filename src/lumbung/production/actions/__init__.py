"""Writing and approving a standard, confirming it, passing parts on, telling what was made."""

from lumbung.production.actions.making import correct_made, tell_made

__all__ = ["correct_made", "tell_made"]
