from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.deliveries.choices import (
    COUNTERS,
    LARGEST_DELIVERY,
    Becomes,
    Fault,
    Looks,
    Pieces,
    Round,
    Verdict,
)
from lumbung.orders.models import CollectionPoint, OrderLine, Share


def _entry_key() -> "models.CharField[str, str]":
    """Written down by the phone before it sends, so that sending late or twice is one deed."""
    return models.CharField(max_length=64, blank=True, default="")


def _once(of: str, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=[of, "entry_key"], condition=~models.Q(entry_key=""), name=name)


class Delivery(models.Model):
    """Pieces of a share as they were handed over at a collection point.

    The counters follow the rows of `Move` under this row's lock. That they add up to what was delivered is a
    constraint, so no sequence of deeds, and no hand at the database, can lose or double a piece.
    """

    code = models.CharField(_("number"), max_length=20, unique=True)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="deliveries")
    collection_point = models.ForeignKey(
        CollectionPoint, on_delete=models.PROTECT, related_name="+", verbose_name=_("collection point")
    )
    delivered_on = models.DateField(_("handed over on"))
    brought_by = models.CharField(_("brought by"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    lot_key = models.CharField(_("lot"), max_length=80, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    received_by = models.CharField(max_length=120)
    entry_key = _entry_key()
    is_demo = models.BooleanField(default=False)

    delivered_quantity = models.PositiveIntegerField(default=0)
    open_quantity = models.PositiveIntegerField(default=0)
    accepted_quantity = models.PositiveIntegerField(default=0)
    by_sample_quantity = models.PositiveIntegerField(default=0)
    rework_quantity = models.PositiveIntegerField(default=0)
    rejected_quantity = models.PositiveIntegerField(default=0)
    unpriced_quantity = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("delivery")
        ordering = ["-id"]
        constraints = [
            _once("share", "delivery_entered_once"),
            models.CheckConstraint(
                condition=models.Q(
                    delivered_quantity=models.F("open_quantity")
                    + models.F("accepted_quantity")
                    + models.F("by_sample_quantity")
                    + models.F("rework_quantity")
                    + models.F("rejected_quantity")
                ),
                name="delivery_pieces_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    unpriced_quantity__lte=models.F("accepted_quantity") + models.F("by_sample_quantity")
                ),
                name="delivery_unpriced_is_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(delivered_quantity__lte=LARGEST_DELIVERY), name="delivery_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(received_at__isnull=False) & ~models.Q(received_by=""),
                name="delivery_received_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["delivered_on", "id"], name="delivery_by_day"),
            models.Index(
                fields=["delivered_on", "id"],
                condition=models.Q(open_quantity__gt=0),
                name="delivery_to_inspect",
            ),
            models.Index(
                fields=["delivered_on", "id"],
                condition=models.Q(rework_quantity__gt=0),
                name="delivery_in_rework",
            ),
            models.Index(
                fields=["delivered_on", "id"],
                condition=models.Q(unpriced_quantity__gt=0),
                name="delivery_unpriced",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("deliveries:detail", args=[self.code])

    @property
    def key(self) -> str:
        return f"delivery:{self.code}"

    def count_of(self, place: str) -> int:
        """How many pieces are in this place; of the maker, how many have left."""
        count: int = getattr(self, COUNTERS[Pieces(place)])
        return count

    @property
    def passed_quantity(self) -> int:
        """Accepted, whether they were seen or not: what is paid."""
        return self.accepted_quantity + self.by_sample_quantity


class OverShare(models.Model):
    """Somebody brought more than the share still allows: it stayed with the maker, and is counted here."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="overshares")
    brought_quantity = models.PositiveIntegerField()
    room_quantity = models.PositiveIntegerField()
    refused_at = models.DateTimeField(default=clock.now)
    refused_by = models.CharField(max_length=120)
    entry_key = _entry_key()

    class Meta:
        verbose_name = _("attempt beyond the share")
        constraints = [
            _once("share", "overshare_entered_once"),
            models.CheckConstraint(
                condition=models.Q(brought_quantity__gt=models.F("room_quantity")), name="overshare_is_over"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.brought_quantity}"


class Closing(models.Model):
    """What of a share will not come any more, and why. Opened again by an entry that points at it."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="closings")
    missing_quantity = models.PositiveIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    closed_at = models.DateTimeField(default=clock.now)
    closed_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("closing of a share")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="closing_says_why"),
            models.CheckConstraint(
                condition=models.Q(missing_quantity__gt=0), name="closing_is_about_something"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False) & ~models.Q(closed_by=""),
                name="closing_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.missing_quantity}"


class Inspection(models.Model):
    """Somebody looks at pieces of a delivery. What the plan asks is copied in, so that it stays what it was."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="inspections")
    number = models.PositiveSmallIntegerField()
    round = models.CharField(max_length=5, choices=Round, default=Round.FIRST)
    looks = models.CharField(max_length=6, choices=Looks, default=Looks.WHOLE)
    lot_quantity = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=0)
    aql_bp = models.PositiveIntegerField(default=0)
    code_letter = models.CharField(max_length=1, blank=True)
    sample_quantity = models.PositiveIntegerField()
    acceptance_number = models.PositiveIntegerField(default=0)
    rejection_number = models.PositiveIntegerField(default=0)
    looked_quantity = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True, default="")
    note = models.CharField(_("note"), max_length=300, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    entry_key = _entry_key()

    class Meta:
        verbose_name = _("inspection")
        ordering = ["id"]
        constraints = [
            _once("delivery", "inspection_entered_once"),
            models.UniqueConstraint(fields=["delivery", "number"], name="inspection_number_once"),
            models.UniqueConstraint(
                fields=["delivery"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_inspection_a_delivery",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by="", verdict="", looked_quantity=0)
                | (
                    models.Q(closed_at__isnull=False)
                    & ~models.Q(closed_by="")
                    & (
                        models.Q(verdict="", looked_quantity=0)
                        | (~models.Q(verdict="") & models.Q(looked_quantity__gt=0))
                    )
                ),
                name="inspection_closed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=False) & ~models.Q(opened_by=""),
                name="inspection_opened_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(looked_quantity__lte=models.F("lot_quantity")),
                name="inspection_looked_within",
            ),
            models.CheckConstraint(
                condition=models.Q(looks="whole", code_letter="", level=0, aql_bp=0)
                | (
                    models.Q(looks="sample", rejection_number=models.F("acceptance_number") + 1)
                    & ~models.Q(code_letter="")
                ),
                name="inspection_plan_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.number}"

    @property
    def key(self) -> str:
        """Under which its photos are kept."""
        return f"inspection:{self.pk}"


class Finding(models.Model):
    """What was not as agreed with some of the pieces, and what becomes of them. Its photo is a file of `key`."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    fault = models.CharField(_("what is not right"), max_length=8, choices=Fault)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    quantity = models.PositiveIntegerField()
    becomes = models.CharField(_("what becomes of them"), max_length=8, choices=Becomes)

    class Meta:
        verbose_name = _("finding")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="finding_has_a_quantity"),
            models.CheckConstraint(
                condition=~models.Q(fault="other") | ~models.Q(words=""), name="finding_other_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fault} {self.quantity}"

    @property
    def key(self) -> str:
        return f"finding:{self.pk}"


class Move(models.Model):
    """Pieces of a delivery go from one place to another. Never changed: a correction is a move the other way."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="moves")
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    from_place = models.CharField(max_length=9, choices=Pieces)
    to_place = models.CharField(max_length=9, choices=Pieces)
    quantity = models.PositiveIntegerField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=120)
    entry_key = _entry_key()

    class Meta:
        verbose_name = _("move of pieces")
        ordering = ["id"]
        constraints = [
            _once("delivery", "move_entered_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="move_has_a_quantity"),
            models.CheckConstraint(
                condition=~models.Q(from_place=models.F("to_place")), name="move_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""),
                name="move_corrected_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(made_at__isnull=False) & ~models.Q(made_by=""), name="move_made_at_and_by"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_place} → {self.to_place} {self.quantity}"

    @property
    def key(self) -> str:
        return f"move:{self.pk}"


class InspectionTerms(models.Model):
    """One version of how the pieces of a line are looked at, as somebody confirmed it; without one, all are."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="inspection_terms")
    number = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(_("inspection level"))
    aql_bp = models.PositiveIntegerField(_("acceptable quality level"))
    small_below = models.PositiveIntegerField(_("lots below this are looked at whole"))
    confirmed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("terms of inspection")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="inspection_terms_version_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3), name="inspection_terms_level"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=""),
                name="inspection_terms_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.number}"
