from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.models import Household
from lumbung.orders.models import OrderLine, Share
from lumbung.people.models import Person


class Standard(models.Model):
    """One version of what every piece of a line must be: a sheet of measures, and a golden sample.

    An approved version is never changed: the next one stands beside it, and makers confirm the next one. Photos are
    files of the subjects `key` (the sheet) and `sample_key` (the golden sample).
    """

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="standards")
    number = models.PositiveSmallIntegerField(_("version"))
    words = models.TextField(_("in words"), blank=True)
    sample_made_by = models.CharField(_("golden sample made by"), max_length=120, blank=True)
    sample_made_on = models.DateField(_("golden sample made on"), null=True, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("standard")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(approved_at__isnull=True, dropped_at__isnull=True),
                name="one_draft_standard_a_line",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, approved_by="")
                | (
                    models.Q(approved_at__isnull=False, sample_made_on__isnull=False)
                    & ~models.Q(approved_by="")
                    & ~models.Q(sample_made_by="")
                ),
                name="standard_approved_with_sample",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by="") | ~models.Q(approved_by=models.F("written_by")),
                name="standard_not_approved_by_writer",
            ),
            models.CheckConstraint(
                condition=models.Q(dropped_at__isnull=True, dropped_by="")
                | (models.Q(dropped_at__isnull=False, approved_at__isnull=True) & ~models.Q(dropped_by="")),
                name="standard_dropped_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.number}"

    @property
    def key(self) -> str:
        return f"standard:{self.pk}"

    @property
    def sample_key(self) -> str:
        """Under which the photos of the golden sample are kept."""
        return f"sample:{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None and self.dropped_at is None


class StandardRow(models.Model):
    """One measure of a sheet: what is measured, what it must be, and how far off it may be."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(_("what is measured"), max_length=80)
    target = models.CharField(_("target"), max_length=40)
    tolerance = models.CharField(_("tolerance"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("row of a standard")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "position"], name="standard_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.target} {self.unit}"


class Confirmation(models.Model):
    """A maker has seen a version of the standard and will make the share by it."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="confirmations")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="confirmations")
    confirmed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("confirmation of a standard")
        constraints = [
            models.UniqueConstraint(fields=["share", "standard"], name="standard_confirmed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.standard_id}"


class Making(models.Model):
    """A share that is being made: from when, by which version, and the sums of what was told so far.

    The sums follow the rows of `Made` under the line's lock, so that thousands of forecasts cost one query. `squares`
    adds up the square of each day's pieces: from it follows how much days differ.
    """

    share = models.OneToOneField(Share, on_delete=models.PROTECT, related_name="making", primary_key=True)
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="makings")
    started_on = models.DateField()
    weekly_capacity = models.PositiveIntegerField()
    made_quantity = models.PositiveIntegerField(default=0)
    squares = models.PositiveBigIntegerField(default=0)
    last_made_on = models.DateField(null=True, blank=True)
    attempts_above = models.PositiveIntegerField(default=0)
    """How often somebody told more than the share; each attempt has its record."""

    class Meta:
        verbose_name = _("share in the making")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_made_on__isnull=True, made_quantity=0)
                | models.Q(last_made_on__isnull=False, made_quantity__gt=0),
                name="making_knows_its_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.made_quantity}"


class Part(models.Model):
    """What the captain of a share passes on to one member: pieces, and pay for each. A correction is a new entry."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    pay_rupiah = models.PositiveBigIntegerField(_("pay for one piece"))
    passed_at = models.DateTimeField(default=clock.now)
    passed_by = models.CharField(max_length=120)
    entry_key = models.CharField(max_length=64)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("part of a share")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["share", "entry_key"], name="part_entered_once"),
            models.UniqueConstraint(
                fields=["share", "person"],
                condition=models.Q(corrects__isnull=True),
                name="one_part_a_member",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0) | models.Q(corrects__isnull=False),
                name="part_has_a_quantity",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by="")),
                name="part_confirmed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.person_id} {self.quantity}"

    @property
    def key(self) -> str:
        return f"part:{self.pk}"

    @property
    def value_rupiah(self) -> int:
        """What the member receives for all of it."""
        return self.quantity * self.pay_rupiah


class Made(models.Model):
    """Pieces that somebody says were made on a day, by which member; a correction is a new entry."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="made")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="made")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("day"))
    quantity = models.PositiveIntegerField(_("pieces"))
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.CharField(max_length=120)
    entry_key = models.CharField(max_length=64)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )

    class Meta:
        verbose_name = _("pieces made")
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["share", "entry_key"], name="made_entered_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0) | models.Q(corrects__isnull=False),
                name="made_has_a_quantity",
            ),
        ]
        indexes = [models.Index(fields=["share", "-made_on", "-id"], name="made_newest_first")]

    def __str__(self) -> str:
        return f"{self.share_id} {self.made_on} {self.quantity}"
