from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.choices import DeclineReason, Reason, SentBy, ShareState
from lumbung.orders.models.order import CollectionPoint, OrderLine
from lumbung.orders.models.split import Split

CONFIRMED = ["accepted", "partly"]
ANSWERED = ["accepted", "partly", "declined"]


class Share(models.Model):
    """A part of an order for one maker: offered, sent, answered."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="shares")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="shares")
    split = models.ForeignKey(Split, on_delete=models.PROTECT, related_name="shares")
    state = models.CharField(max_length=12, choices=ShareState, default=ShareState.OFFERED)
    quantity = models.PositiveIntegerField()
    confirmed_quantity = models.PositiveIntegerField(default=0)
    released_quantity = models.PositiveIntegerField(default=0)
    minimum_lot = models.PositiveIntegerField(default=1)
    price_rupiah = models.PositiveBigIntegerField()
    collection_point = models.ForeignKey(CollectionPoint, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24, choices=Reason)
    numbers = models.JSONField(default=dict)

    offered_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=120, blank=True)
    sent_through = models.CharField(max_length=8, choices=SentBy, blank=True, default="")
    answer_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    decline_reason = models.CharField(
        _("reason"), max_length=12, choices=DeclineReason, blank=True, default=""
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("share")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "maker"], condition=models.Q(state="offered"), name="one_open_share_a_maker"
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="share_has_a_quantity"),
            models.CheckConstraint(
                condition=models.Q(state__in=ANSWERED, answered_at__isnull=False) & ~models.Q(answered_by="")
                | (~models.Q(state__in=ANSWERED) & models.Q(answered_at__isnull=True, answered_by="")),
                name="share_answered_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state="accepted", confirmed_quantity=models.F("quantity"))
                | models.Q(
                    state="partly", confirmed_quantity__gt=0, confirmed_quantity__lt=models.F("quantity")
                )
                | (~models.Q(state__in=CONFIRMED) & models.Q(confirmed_quantity=0)),
                name="share_confirmed_fits_state",
            ),
            models.CheckConstraint(
                condition=models.Q(released_quantity__lte=models.F("confirmed_quantity")),
                name="share_released_within",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    sent_at__isnull=True, sent_by="", sent_through="", answer_until__isnull=True
                )
                | (
                    models.Q(sent_at__isnull=False, answer_until__isnull=False)
                    & ~models.Q(sent_by="")
                    & ~models.Q(sent_through="")
                ),
                name="share_sent_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["line", "state", "sent_at", "answer_until", "quantity"], name="share_line_state"
            ),
            models.Index(fields=["line", "state", "answer_until", "id"], name="share_by_term"),
            models.Index(fields=["line", "-quantity", "id"], name="share_by_quantity"),
            models.Index(fields=["maker", "state"], name="share_maker_state"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.maker_id} {self.quantity}"

    @property
    def key(self) -> str:
        return f"share:{self.pk}"

    @property
    def held_quantity(self) -> int:
        """What the maker has confirmed and not given back."""
        return self.confirmed_quantity - self.released_quantity

    @property
    def value_rupiah(self) -> int:
        """What the maker receives for what is offered, or for what is held once answered."""
        pieces = self.held_quantity if self.state in CONFIRMED else self.quantity
        return pieces * self.price_rupiah
