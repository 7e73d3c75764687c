from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.certification.models import Scheme
from lumbung.makers.models import GoodsKind
from lumbung.money.choices import Supply
from lumbung.orders.choices import LARGEST_ORDER, PriceMode, ProcurementMethod
from lumbung.organisations.models import Party
from lumbung.places.models import Village


class Order(models.Model):
    """What a buyer wants, whole.

    The credits are parts of the line's price a unit, in basis points: they rank a maker as if it were cheaper and
    never change what is paid. `draw_seal` is the seal of the records that stood when the order was published: it
    seeds the draw of every split of the order, so that nobody can try another one.
    """

    code = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("name of the order"), max_length=120)
    buyer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="orders", verbose_name=_("buyer"))
    specification = models.TextField(_("specification"))
    due_on = models.DateField(_("due date"))
    delivery_village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="+", verbose_name=_("village of delivery")
    )
    delivery_place = models.CharField(_("delivery point"), max_length=160)
    price_mode = models.CharField(_("price mode"), max_length=4, choices=PriceMode, default=PriceMode.ONE)
    cost_budget_bp = models.PositiveIntegerField(_("cost budget, basis points"), default=200)
    budget_decree = models.CharField(_("decree of the cost budget"), max_length=160, blank=True)
    transport_rupiah_per_100_km = models.PositiveBigIntegerField(
        _("transport of one unit over 100 km"), default=0
    )
    visit_rupiah = models.PositiveBigIntegerField(_("one visit to a maker"), default=0)
    turn_credit_bp = models.PositiveIntegerField(_("highest credit for turns, basis points"), default=0)
    priority_credit_bp = models.PositiveIntegerField(
        _("credit of priority villages, basis points"), default=0
    )
    newcomer_quota_bp = models.PositiveIntegerField(_("part for newcomers, basis points"), default=0)
    newcomer_credit_bp = models.PositiveIntegerField(
        _("highest credit for newcomers, basis points"), default=0
    )
    answer_hours = models.PositiveIntegerField(_("hours to answer"), default=48)
    payment_days = models.PositiveIntegerField(_("days until payment"), default=7)
    objection_days = models.PositiveSmallIntegerField(_("working days to answer an objection"), default=5)
    objection_window_days = models.PositiveSmallIntegerField(
        _("days in which objections are in time"), default=14
    )
    resplits_itself = models.BooleanField(_("declined shares move on at once"), default=True)

    is_public = models.BooleanField(_("public money"), default=False)
    procurement_method = models.CharField(
        _("procurement method"), max_length=16, choices=ProcurementMethod, blank=True, default=""
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    budget_line = models.CharField(_("budget line"), max_length=120, blank=True)
    responsible_official = models.CharField(_("responsible official"), max_length=160, blank=True)
    price_source = models.CharField(_("source of the reference price"), max_length=200, blank=True)

    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)
    draw_seal = models.CharField(max_length=64, blank=True, default="")
    draw_sealed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=120, blank=True)
    cancelled_reason = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=120, blank=True)
    finished_note = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("order")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by="")
                | (models.Q(published_at__isnull=False) & ~models.Q(published_by="")),
                name="order_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True, cancelled_by="", cancelled_reason="")
                | (
                    models.Q(cancelled_at__isnull=False)
                    & ~models.Q(cancelled_by="")
                    & ~models.Q(cancelled_reason="")
                ),
                name="order_cancelled_at_by_why",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True, finished_by="", finished_note="")
                | (
                    models.Q(finished_at__isnull=False, published_at__isnull=False, cancelled_at__isnull=True)
                    & ~models.Q(finished_by="")
                ),
                name="order_finished_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False)
                | models.Q(published_at__isnull=True)
                | ~(
                    models.Q(procurement_method="")
                    | models.Q(legal_basis="")
                    | models.Q(budget_line="")
                    | models.Q(responsible_official="")
                    | models.Q(price_source="")
                ),
                name="public_order_says_its_basis",
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="order_by_due")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("orders:detail", args=[self.code])

    @property
    def key(self) -> str:
        return f"order:{self.code}"


class OrderLine(models.Model):
    """One kind and size of goods within an order; split on its own. Its row is the lock of its quota."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    kind = models.ForeignKey(
        GoodsKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of goods")
    )
    size = models.CharField(_("size"), max_length=80, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    price_rupiah = models.PositiveBigIntegerField(_("price or ceiling per unit"))
    supply = models.CharField(_("what is paid for"), max_length=8, choices=Supply, default=Supply.GOODS)
    confirmed_quantity = models.PositiveIntegerField(default=0)
    offered_quantity = models.PositiveIntegerField(default=0)
    full_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("order line")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "size"], name="line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, quantity__lte=LARGEST_ORDER), name="line_quantity_in_range"
            ),
            models.CheckConstraint(condition=models.Q(price_rupiah__gt=0), name="line_has_a_price"),
            models.CheckConstraint(
                condition=models.Q(
                    quantity__gte=models.F("confirmed_quantity") + models.F("offered_quantity")
                ),
                name="line_never_over_its_quota",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.size} {self.quantity}"

    @property
    def remaining_quota(self) -> int:
        """What nobody has confirmed yet."""
        return self.quantity - self.confirmed_quantity

    @property
    def unplaced_quantity(self) -> int:
        """What is neither confirmed nor with somebody who may still answer."""
        return self.quantity - self.confirmed_quantity - self.offered_quantity


class CollectionPoint(models.Model):
    """Where makers bring their pieces; each maker goes to the nearest one of the order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="collection_points")
    name = models.CharField(_("collection point"), max_length=120)
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="+", verbose_name=_("village")
    )

    class Meta:
        verbose_name = _("collection point")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["order", "village"], name="collection_point_once")]

    def __str__(self) -> str:
        return self.name


class RequiredScheme(models.Model):
    """A certificate that a maker must hold until the due date to take part."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="required_schemes")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "scheme"], name="required_scheme_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.scheme_id}"


class PriorityVillage(models.Model):
    """A village that orders prefer for a time, by a credit, on a stated basis."""

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="+", verbose_name=_("village")
    )
    basis = models.CharField(_("basis"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("priority village")
        constraints = [
            models.UniqueConstraint(fields=["village", "starts_on"], name="priority_village_once"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="priority_village_has_a_basis"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="priority_village_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.starts_on}"
