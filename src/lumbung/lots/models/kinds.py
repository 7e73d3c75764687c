from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.places.models import Village


class MaterialKind(models.Model):
    """A kind of material that is handed out, counted in whole base units."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    unit = models.CharField(_("unit"), max_length=12, choices=MaterialUnit)
    tracks_lots = models.BooleanField(_("kept apart by lot"), default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("material")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("lots:material", args=[self.pk])

    @property
    def key(self) -> str:
        return f"material:{self.pk}"


class Norm(models.Model):
    """How much material a thousand pieces of a product need, from a day on; a newer one counts from its day.

    The product is a key: `line:12`, `goods:masker-kain`, or `material:4` for what is cut centrally.
    """

    product = models.CharField(_("product"), max_length=120)
    material = models.ForeignKey(MaterialKind, on_delete=models.PROTECT, related_name="norms")
    per_thousand = models.PositiveBigIntegerField(_("for a thousand pieces"))
    basis = models.CharField(_("basis"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("consumption norm")
        constraints = [
            models.CheckConstraint(condition=models.Q(per_thousand__gt=0), name="norm_needs_something"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="norm_has_a_basis"),
        ]
        indexes = [models.Index(fields=["material", "product", "valid_from"], name="norm_by_day")]

    def __str__(self) -> str:
        return f"{self.product} {self.material_id} {self.per_thousand}"


class LossRate(models.Model):
    """How much of a material may be lost in the making, in hundredths of a percent, from a day on."""

    material = models.ForeignKey(MaterialKind, on_delete=models.PROTECT, related_name="loss_rates")
    rate_bp = models.PositiveIntegerField(_("loss that needs no reason"))
    basis = models.CharField(_("basis"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("stated loss")
        constraints = [
            models.CheckConstraint(condition=models.Q(rate_bp__lt=10_000), name="loss_rate_below_all"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="loss_rate_has_a_basis"),
        ]
        indexes = [models.Index(fields=["material", "valid_from"], name="loss_rate_by_day")]

    def __str__(self) -> str:
        return f"{self.material_id} {self.rate_bp}"


class Store(models.Model):
    """A place of the office where material and goods lie: a store, or a centre where cloth is cut."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=StoreKind, default=StoreKind.STORE)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("store")

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"store:{self.pk}"
