from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DELIVERED = "deliveries.delivered"
DELIVERY_CORRECTED = "deliveries.delivery_corrected"
OVER_SHARE_REFUSED = "deliveries.over_share_refused"
INSPECTION_OPENED = "deliveries.inspection_opened"
INSPECTED = "deliveries.inspected"
PIECES_CORRECTED = "deliveries.pieces_corrected"
OWED_LATER = "deliveries.owed_later"
TERMS_CONFIRMED = "deliveries.terms_confirmed"
SHARE_CLOSED = "deliveries.share_closed"
SHARE_REOPENED = "deliveries.share_reopened"

LARGEST_DELIVERY = 10_000_000
DEFAULT_AQL_BP = 250
DEFAULT_LEVEL = 2
DEFAULT_SMALL_BELOW = 51
"""Lots below this are looked at whole: what the office proposes, until somebody confirms it."""


class Pieces(models.TextChoices):
    """Where pieces of a share are. All begin with the maker, and come in as open."""

    MAKER = "maker", _("with the maker")
    OPEN = "open", _("Not inspected yet")
    ACCEPTED = "accepted", pgettext_lazy("inspection", "Passed")
    BY_SAMPLE = "by_sample", _("Passed by sample")
    REWORK = "rework", _("Rework")
    REJECTED = "rejected", _("Rejected")


BUCKETS = (Pieces.ACCEPTED, Pieces.BY_SAMPLE, Pieces.REWORK, Pieces.REJECTED, Pieces.OPEN)
PASSED = (Pieces.ACCEPTED, Pieces.BY_SAMPLE)
COUNTERS = {
    Pieces.MAKER: "delivered_quantity",
    Pieces.OPEN: "open_quantity",
    Pieces.ACCEPTED: "accepted_quantity",
    Pieces.BY_SAMPLE: "by_sample_quantity",
    Pieces.REWORK: "rework_quantity",
    Pieces.REJECTED: "rejected_quantity",
}
"""The counter of a delivery that follows the moves of each place; what left the maker is delivered."""


class Looks(models.TextChoices):
    """How many pieces an inspection looks at."""

    WHOLE = "whole", _("every piece")
    SAMPLE = "sample", _("a sample")


class Round(models.TextChoices):
    """Which pieces an inspection looks at."""

    FIRST = "first", _("pieces not inspected yet")
    AGAIN = "again", _("pieces that came back from rework")


class WhyWhole(models.TextChoices):
    """Why every piece is looked at and not a sample."""

    NO_TERMS = "no_terms", _("nobody has confirmed a sampling plan for this line")
    SMALL = "small", _("the lot is small")
    FAILED = "failed", _("a sample of this delivery failed")
    AGAIN = "again", _("these pieces came back from rework")
    COVERED = "covered", _("the sample would be the whole lot")


class Verdict(models.TextChoices):
    """What an inspection found, told from its counts."""

    WHOLE = "whole", _("every piece looked at")
    PASSED = "passed", _("the sample passed")
    FAILED = "failed", _("the sample failed")


class Becomes(models.TextChoices):
    """What becomes of pieces with a fault."""

    REWORK = "rework", _("back to the maker for rework")
    REJECTED = "rejected", pgettext_lazy("pieces", "rejected")


class Fault(models.TextChoices):
    """Why a piece is not as agreed."""

    MEASURE = "measure", _("Wrong measure")
    SEAM = "seam", _("Seam or joint open")
    MATERIAL = "material", _("Other material than agreed")
    COLOUR = "colour", _("Wrong colour or pattern")
    DIRTY = "dirty", _("Dirty or stained")
    DAMAGED = "damaged", _("Broken or torn")
    WEIGHT = "weight", _("Weight or content too low")
    PACKING = "packing", _("Packing or label not right")
    OTHER = "other", _("Something else, in words")
