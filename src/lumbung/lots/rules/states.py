"""Held, released, recalled: who may say so, and when."""

from django.utils.translation import gettext as _

from lumbung.lots.choices import LotState


def why_not_hold(state: str, reason: str) -> str | None:
    if state == LotState.VOIDED:
        return _("This lot was written down by mistake and struck out.")
    if state == LotState.RECALLED:
        return _("This lot is recalled: there is nothing left to hold back.")
    if state == LotState.HELD:
        return _("This lot is held back already.")
    if not reason.strip():
        return _("Write the reason: whoever made it has a right to it.")
    return None


def why_not_release(state: str, *, by: str, noted_by: str) -> str | None:
    """A lot is released by name, and by somebody else than who wrote it down."""
    if state == LotState.VOIDED:
        return _("This lot was written down by mistake and struck out.")
    if state == LotState.RECALLED:
        return _("A recalled lot is not released again.")
    if state == LotState.RELEASED:
        return _("This lot is released already.")
    if by == noted_by:
        return _("You wrote this lot down. Somebody else releases it.")
    return None


def why_not_recall(states: list[str], *, reason: str, advice: str) -> dict[str, str]:
    """What is missing for a recall, a sentence a field; empty when all is well."""
    faults: dict[str, str] = {}
    if not states:
        faults["lots"] = _("Choose at least one lot.")
    elif LotState.VOIDED in states:
        faults["lots"] = _("One of these lots was struck out.")
    elif LotState.RECALLED in states:
        faults["lots"] = _("One of these lots is recalled already.")
    if not reason.strip():
        faults["reason"] = _("Write the reason: everybody who types the code reads it.")
    if not advice.strip():
        faults["advice"] = _("Write what whoever has it shall do.")
    return faults
