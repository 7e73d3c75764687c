from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.choices import SentBy
from lumbung.orders.models.order import Order


class ReasonTold(models.Model):
    """A maker without a share of an order was sent the reason; the newest sending counts."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reasons_told")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="+")
    through = models.CharField(max_length=8, choices=SentBy)
    told_at = models.DateTimeField(default=clock.now)
    told_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("reason told")
        constraints = [models.UniqueConstraint(fields=["order", "maker"], name="reason_told_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.maker_id}"
