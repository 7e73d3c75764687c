from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.complaints.choices import LARGEST, RemedyKind, Source
from lumbung.deliveries.models import Delivery
from lumbung.lots.models import Lot, Recall
from lumbung.orders.models import Order
from lumbung.people.models import Person


class Complaint(models.Model):
    """So many pieces are not right. Replaced + refunded + dismissed + open is always what was complained of.

    The words, the name and the phone are personal; the phone is kept with the consent of whoever wrote it.
    """

    code = models.CharField(_("number"), max_length=20, unique=True)
    source = models.CharField(_("who says it"), max_length=6, choices=Source)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints")
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("what is wrong"))
    quantity = models.PositiveIntegerField(_("how many"))
    replaced_quantity = models.PositiveIntegerField(default=0)
    refunded_quantity = models.PositiveIntegerField(default=0)
    dismissed_quantity = models.PositiveIntegerField(default=0)
    due_on = models.DateField(_("first answer by"))
    received_at = models.DateTimeField(default=clock.now)
    received_by = models.CharField(max_length=120)
    answer = models.TextField(_("first answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    closed_reason = models.TextField(_("why it is closed"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("complaint")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lot__isnull=False) | Q(delivery__isnull=False) | Q(order__isnull=False),
                name="complaint_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lte=LARGEST), name="complaint_in_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    quantity__gte=F("replaced_quantity") + F("refunded_quantity") + F("dismissed_quantity")
                ),
                name="complaint_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=False) & ~Q(received_by=""),
                name="complaint_received_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answer="")),
                name="complaint_answered_at_by_what",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="", closed_reason="")
                | (
                    Q(
                        closed_at__isnull=False,
                        quantity=F("replaced_quantity") + F("refunded_quantity") + F("dismissed_quantity"),
                    )
                    & ~Q(closed_by="")
                    & ~Q(closed_reason="")
                    & ~Q(closed_by=F("received_by"))
                ),
                name="complaint_closed_whole_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="complaint_open", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("complaints:detail", args=[self.code])

    @property
    def key(self) -> str:
        """Under which its photos are kept."""
        return f"complaint:{self.code}"

    @property
    def open_quantity(self) -> int:
        return self.quantity - self.replaced_quantity - self.refunded_quantity - self.dismissed_quantity

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Remedy(models.Model):
    """Something that was done about a complaint. Never changed; pieces are counted once."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="remedies")
    kind = models.CharField(_("what was done"), max_length=10, choices=RemedyKind)
    quantity = models.PositiveIntegerField(_("pieces"), default=0)
    refund_rupiah = models.PositiveBigIntegerField(_("money back to the buyer"), default=0)
    recall = models.ForeignKey(
        Recall, on_delete=models.PROTECT, null=True, blank=True, related_name="remedies"
    )
    due_entry = models.PositiveBigIntegerField(_("entry of the correction"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("remedy")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="remedy_has_a_reason"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=False) & ~Q(made_by=""), name="remedy_made_at_and_by"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["replaced", "refunded", "dismissed"], quantity__gt=0, recall=None)
                | Q(kind="recalled", quantity=0, recall__isnull=False)
                | Q(kind="due", quantity=0, due_entry__isnull=False),
                name="remedy_says_what",
            ),
            models.CheckConstraint(
                condition=Q(refund_rupiah=0) | Q(kind="refunded"), name="remedy_only_a_refund_has_money"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
