from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.choices import Reason, SplitState
from lumbung.orders.models.order import CollectionPoint, OrderLine
from lumbung.places.models import Village


class Split(models.Model):
    """One computed plan for a line: its figures, its proof, and who proposed and decided it.

    `ranked_cost_rupiah` is the cost less the credits, which was made as low as possible; the lower bound is a bound
    of it. `uncredited_cost_rupiah` is the least cost if nobody had a credit. Sums over the rows are kept here, so
    that a page need not read a hundred thousand rows: `household_amounts` and `cheapest_amounts` as pairs of an
    amount and the number of households that get it, largest first; `waiting` and `refused` as makers by reason.

    A re-split has a parent: it places what came back, under the parent's decision and rule.
    """

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="splits")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="resplits"
    )
    state = models.CharField(max_length=12, choices=SplitState, default=SplitState.DRAFTED)
    quantity = models.PositiveIntegerField()
    cost_budget_bp = models.PositiveIntegerField()
    shortage = models.PositiveIntegerField(default=0)
    binding = models.CharField(max_length=40, blank=True)

    makers = models.PositiveIntegerField()
    eligible = models.PositiveIntegerField()
    villages = models.PositiveIntegerField()
    first_timers = models.PositiveIntegerField()
    largest_share = models.PositiveIntegerField()
    common_cap = models.PositiveIntegerField(null=True, blank=True)
    value_rupiah = models.PositiveBigIntegerField(default=0)
    cost_rupiah = models.PositiveBigIntegerField()
    ranked_cost_rupiah = models.BigIntegerField()
    cheapest_cost_rupiah = models.PositiveBigIntegerField()
    uncredited_cost_rupiah = models.PositiveBigIntegerField()
    lower_bound_rupiah = models.BigIntegerField()
    newcomer_least = models.PositiveIntegerField(default=0)
    newcomer_quantity = models.PositiveIntegerField(default=0)
    newcomer_credit_rupiah = models.PositiveBigIntegerField(default=0)
    gini_before_bp = models.PositiveIntegerField()
    gini_after_bp = models.PositiveIntegerField()
    status = models.CharField(max_length=20)
    seed = models.CharField(max_length=200)
    input_hash = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    certificate = models.JSONField(default=dict)
    frontier = models.JSONField(default=list)
    cheapest_amounts = models.JSONField(default=list)
    household_amounts = models.JSONField(default=list)
    eligible_households = models.PositiveIntegerField(default=0)
    waiting = models.JSONField(default=dict)
    refused = models.JSONField(default=dict)
    nearest_misses = models.JSONField(default=dict)
    snapshot = models.BinaryField()
    milliseconds = models.PositiveIntegerField(default=0)

    computed_at = models.DateTimeField(default=clock.now)
    computed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    returned_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("split")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="split_number_once"),
            models.CheckConstraint(
                condition=models.Q(proposed_at__isnull=True, proposed_by="")
                | (models.Q(proposed_at__isnull=False) & ~models.Q(proposed_by="")),
                name="split_proposed_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by="")
                | (models.Q(decided_at__isnull=False) & ~models.Q(decided_by="")),
                name="split_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="")
                | models.Q(parent__isnull=False)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="split_not_decided_by_proposer",
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(state="decided", parent__isnull=True),
                name="one_decided_split_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.number}"

    @property
    def gap_rupiah(self) -> int:
        return self.ranked_cost_rupiah - self.lower_bound_rupiah

    @property
    def credits_rupiah(self) -> int:
        """What the credits of the chosen makers add up to."""
        return self.cost_rupiah - self.ranked_cost_rupiah


class SplitRow(models.Model):
    """One maker in a split: the facts that counted, the amount, and the one reason.

    `entitled_quantity` is the part of the order that falls to the maker by capacity alone: the ledger of turns
    measures against it. `credits` tells what `credit_rupiah` is made of.
    """

    split = models.ForeignKey(Split, on_delete=models.PROTECT, related_name="rows")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="+")
    eligible = models.BooleanField()
    quantity = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField()
    minimum_lot = models.PositiveIntegerField()
    price_rupiah = models.PositiveBigIntegerField()
    transport_rupiah = models.PositiveBigIntegerField()
    visit_rupiah = models.PositiveBigIntegerField()
    collection_point = models.ForeignKey(
        CollectionPoint, on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_first_time = models.BooleanField(default=False)
    entitled_quantity = models.PositiveIntegerField(default=0)
    credit_rupiah = models.PositiveBigIntegerField(default=0)
    credits = models.JSONField(default=dict)
    reason = models.CharField(max_length=24, choices=Reason)
    numbers = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["split", "maker"], name="split_row_once")]
        indexes = [models.Index(fields=["split", "-quantity", "id"], name="split_row_by_quantity")]

    def __str__(self) -> str:
        return f"{self.split_id} {self.maker_id} {self.quantity}"

    @property
    def value_rupiah(self) -> int:
        """What the maker would receive."""
        return self.quantity * self.price_rupiah


class SplitVillage(models.Model):
    """What a split gives a village: kept, so that maps and tables need not add up the rows."""

    split = models.ForeignKey(Split, on_delete=models.PROTECT, related_name="village_sums")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+")
    makers = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    chosen_makers = models.PositiveIntegerField()
    chosen_households = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    entitled_quantity = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("village in a split")
        constraints = [models.UniqueConstraint(fields=["split", "village"], name="split_village_once")]

    def __str__(self) -> str:
        return f"{self.split_id} {self.village_id} {self.quantity}"
