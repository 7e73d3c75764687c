"""The ledger: entries are only ever added, and what each holder has is their sum."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.lots.choices import MovementKind
from lumbung.lots.models.kinds import MaterialKind
from lumbung.lots.models.lots import Lot
from lumbung.makers.models import GoodsKind, Maker

ONE_KIND = models.Q(material__isnull=True) ^ models.Q(goods__isnull=True)


class Entry(models.Model):
    """One event: when, by whom, what for and why; its movements say what, from where to where."""

    entry_key = models.CharField(max_length=80, unique=True)
    subject = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField(_("when"))
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = models.CharField(max_length=120)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        verbose_name = _("entry")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""),
                name="entry_corrected_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="entry_subject", condition=~models.Q(subject=""))]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"

    @property
    def key(self) -> str:
        return f"entry:{self.pk}"


class Movement(models.Model):
    """An amount that went from one holder to another; no holder stands for the world outside, or for used up.

    A correction takes the whole amount back as a negative one, so that every sum is a plain sum.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(_("what happened"), max_length=12, choices=MovementKind)
    material = models.ForeignKey(
        MaterialKind, on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    goods = models.ForeignKey(
        GoodsKind, on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="movements")
    quantity = models.BigIntegerField(_("quantity"))
    from_holder = models.CharField(max_length=120, blank=True)
    to_holder = models.CharField(max_length=120, blank=True)
    maker = models.ForeignKey(
        Maker, on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        verbose_name = _("movement")
        constraints = [
            models.CheckConstraint(condition=ONE_KIND, name="movement_is_of_one_kind"),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True, quantity__gt=0)
                | models.Q(corrects__isnull=False, quantity__lt=0),
                name="movement_only_corrected_is_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_holder=models.F("to_holder")), name="movement_goes_somewhere"
            ),
        ]
        indexes = [
            models.Index(fields=["maker", "-id"], name="movement_of_maker"),
            models.Index(fields=["kind", "-id"], name="movement_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"

    @property
    def what(self) -> MaterialKind | GoodsKind:
        found = self.goods or self.material
        assert found is not None
        return found


class Holding(models.Model):
    """What one holder has of one thing (a maker: of a material for one subject), as the sum of all movements.

    Its row is the lock: no two hand out the same metre. That it adds up and never falls below zero is held by the
    database, whoever writes.
    """

    account = models.CharField(max_length=300, unique=True)
    holder = models.CharField(max_length=120)
    subject = models.CharField(max_length=120, blank=True)
    material = models.ForeignKey(
        MaterialKind, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings"
    )
    goods = models.ForeignKey(
        GoodsKind, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings"
    )
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings")
    taken = models.BigIntegerField(_("came in"), default=0)
    returned = models.BigIntegerField(_("returned"), default=0)
    used = models.BigIntegerField(_("used"), default=0)
    lost = models.BigIntegerField(_("lost"), default=0)
    passed_on = models.BigIntegerField(_("passed on"), default=0)
    quantity = models.BigIntegerField(_("still there"), default=0)
    excess_bp = models.PositiveIntegerField(_("loss above what is stated"), default=0)

    class Meta:
        verbose_name = _("holding")
        constraints = [
            models.CheckConstraint(condition=ONE_KIND, name="holding_is_of_one_kind"),
            models.CheckConstraint(
                condition=models.Q(
                    taken__gte=0, returned__gte=0, used__gte=0, lost__gte=0, passed_on__gte=0, quantity__gte=0
                ),
                name="holding_never_below_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    taken=models.F("quantity")
                    + models.F("returned")
                    + models.F("used")
                    + models.F("lost")
                    + models.F("passed_on")
                ),
                name="holding_adds_up",
            ),
        ]
        indexes = [
            models.Index(fields=["holder"], name="holding_holder"),
            models.Index(fields=["subject"], name="holding_subject", condition=~models.Q(subject="")),
            models.Index(fields=["-excess_bp", "id"], name="holding_by_excess"),
        ]

    def __str__(self) -> str:
        return self.account

    def get_absolute_url(self) -> str:
        return reverse("lots:holding", args=[self.pk])

    @property
    def what(self) -> MaterialKind | GoodsKind:
        found = self.goods or self.material
        assert found is not None
        return found

    @property
    def kept(self) -> int:
        """What came in and was neither brought back nor passed on."""
        return self.taken - self.returned - self.passed_on

    @property
    def lost_bp(self) -> int:
        """What was lost of it, in hundredths of a percent."""
        return -(-self.lost * 10_000 // self.kept) if self.kept else 0
