from django.db import models
from django.utils.translation import gettext_lazy as _

SPLIT_DECIDED = "orders.split_decided"
SHARE_ACCEPTED = "orders.share_accepted"
SHARE_DECLINED = "orders.share_declined"
SHARE_RELEASED = "orders.share_released"
SHARE_LAPSED = "orders.shares_lapsed"
QUOTA_FULL = "orders.quota_full"
ORDER_FINISHED = "orders.order_finished"
ORDER_REOPENED = "orders.order_reopened"

BUDGETS_BP = (0, 25, 50, 75, 100, 150, 200, 300, 400, 500)
"""The ten cost budgets that an officer compares, in basis points of the least cost."""

LARGEST_ORDER = 10_000_000


class PriceMode(models.TextChoices):
    ONE = "one", _("one price for all")
    OWN = "own", _("each maker's own price under a ceiling")


class ProcurementMethod(models.TextChoices):
    DIRECT = "direct", _("direct procurement")
    CATALOGUE = "catalogue", _("electronic catalogue")
    SELF_MANAGED = "self_managed", _("self-managed (swakelola)")
    TENDER = "tender", _("tender")
    EMERGENCY = "emergency", _("emergency procurement")
    GRANT = "grant", _("grant or social aid")


class OrderState(models.TextChoices):
    """Told from the order's moments and its lines' quantities, never stored."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    OFFERED = "offered", _("Offered")
    FULL = "full", _("Quota full")
    FINISHED = "finished", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class SplitState(models.TextChoices):
    DRAFTED = "drafted", _("Drafted")
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    RETURNED = "returned", _("Returned")
    SUPERSEDED = "superseded", _("Superseded")


class ShareState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    DECLINED = "declined", _("Not taken")
    LAPSED = "lapsed", _("Term passed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CONFIRMED_STATES = (ShareState.ACCEPTED, ShareState.PARTLY)


class SentBy(models.TextChoices):
    WHATSAPP = "whatsapp", _("WhatsApp")
    SHEET = "sheet", _("printed sheet")
    CAPTAIN = "captain", _("captain's bundle")


class DeclineReason(models.TextChoices):
    BUSY = "busy", _("Many orders at the moment")
    MATERIAL = "material", _("No material yet")
    FAMILY = "family", _("Family or customary event")
    PRICE = "price", _("The price is too low")
    TIME = "time", _("The time is too short")
    OTHER = "other", _("Another reason")


class Reason(models.TextChoices):
    """Why a share is as large as it is, or why a maker has none. One each, never a mixture."""

    CAPACITY = "capacity", _("Own capacity")
    COMMON_CAP = "common_cap", _("Common limit")
    MINIMUM_LOT = "minimum_lot", _("Own smallest lot")
    LAST_MAKER = "last_maker", _("Last maker")
    WHOLE_ORDER = "whole_order", _("The whole order")
    KEPT = "kept", _("Agreed before")
    COST = "cost", _("Cost above the threshold")
    LOT_ABOVE_CAP = "lot_above_cap", _("Smallest lot above the common limit")
    LOT_ABOVE_ORDER = "lot_above_order", _("Smallest lot above the whole order")
    TIE = "tie", _("Draw at the threshold")
    SURPLUS = "surplus", _("Nothing left that fits the smallest lot")
    ALREADY_ANSWERED = "already_answered", _("Answered before")
    # not eligible
    NOT_ACTIVE = "not_active", _("Not active")
    DUPLICATE = "duplicate", _("Counts as one with another maker")
    CERTIFICATE = "certificate", _("Certificate missing")
    PRICE_ABOVE_CEILING = "price_above_ceiling", _("Price above the ceiling")
    NO_CAPACITY = "no_capacity", _("No capacity before the due date")
    LOT_ABOVE_CAPACITY = "lot_above_capacity", _("Smallest lot above the free capacity")
    NO_POINT = "no_point", _("Village has no map point")
