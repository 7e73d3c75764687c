from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.lots.choices import STATE_KEYS, LotState
from lumbung.lots.models.kinds import MaterialKind
from lumbung.makers.models import GoodsKind, Household, Maker


class Recall(models.Model):
    """Lots that are called back together: why, and what whoever has one of them shall do."""

    code = models.CharField(_("number"), max_length=20, unique=True)
    reason = models.CharField(_("reason"), max_length=300)
    advice = models.CharField(_("what to do"), max_length=300)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("recall")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(advice=""), name="recall_says_why_and_what_to_do"
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("lots:recall", args=[self.code])

    @property
    def key(self) -> str:
        return f"recall:{self.pk}"


class Lot(models.Model):
    """A traced quantity of the same making. Its code stands on the mark; its last digit checks the others."""

    code = models.CharField(_("lot"), max_length=9, unique=True)
    material = models.ForeignKey(
        MaterialKind, on_delete=models.PROTECT, null=True, blank=True, related_name="lots"
    )
    goods = models.ForeignKey(GoodsKind, on_delete=models.PROTECT, null=True, blank=True, related_name="lots")
    quantity = models.PositiveBigIntegerField(_("quantity"))
    subject = models.CharField(max_length=120, blank=True)
    made_from = models.DateField(_("made from"))
    made_until = models.DateField(_("until"))
    origin = models.CharField(_("where it comes from"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=LotState, default=LotState.NOTED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, null=True, blank=True, related_name="lots")
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("lot")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(material__isnull=True) ^ models.Q(goods__isnull=True),
                name="lot_is_of_one_kind",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="lot_has_a_quantity"),
            models.CheckConstraint(
                condition=models.Q(made_until__gte=models.F("made_from")), name="lot_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(state="noted", decided_at__isnull=True, decided_by="")
                | (~models.Q(state="noted") & models.Q(decided_at__isnull=False) & ~models.Q(decided_by="")),
                name="lot_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="held") | ~models.Q(state_reason=""), name="lot_held_with_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(state="recalled", recall__isnull=False)
                | (~models.Q(state="recalled") & models.Q(recall__isnull=True)),
                name="lot_recalled_by_a_recall",
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], name="lot_subject", condition=~models.Q(subject="")),
            models.Index(fields=["state", "-id"], name="lot_state"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("lots:lot", args=[self.code])

    @property
    def key(self) -> str:
        return f"lot:{self.pk}"

    @property
    def what(self) -> MaterialKind | GoodsKind:
        """What kind of thing it is."""
        found = self.goods or self.material
        assert found is not None
        return found

    @property
    def state_key(self) -> str:
        """The glyph that stands before the state's word."""
        return STATE_KEYS[self.state]

    @property
    def shown(self) -> str:
        """The code as people read it out: 260 000 174."""
        return f"{self.code[:3]} {self.code[3:6]} {self.code[6:]}"


class LotMaker(models.Model):
    """Who made how much of a lot: a maker, and the household where a group tells it."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="made_by")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="made_lots")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="made_lots"
    )
    quantity = models.PositiveBigIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("maker of a lot")
        constraints = [
            models.UniqueConstraint(fields=["lot", "household"], name="lot_household_once"),
            models.UniqueConstraint(
                fields=["lot", "maker"],
                condition=models.Q(household__isnull=True),
                name="lot_maker_once",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="lot_maker_made_something"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.maker_id} {self.quantity}"


class LotUse(models.Model):
    """How much of an older lot went into a newer one; older by number, so a tree never closes on itself."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    parent = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="used_in")
    quantity = models.PositiveBigIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("use of a lot")
        constraints = [
            models.UniqueConstraint(fields=["lot", "parent"], name="lot_use_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="lot_use_of_something"),
            models.CheckConstraint(
                condition=models.Q(parent__lt=models.F("lot")), name="lot_made_of_older_lots"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.parent_id} {self.quantity}"
