from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.orders.models import Order


class Export(models.Model):
    """A dossier that was made: its hash, so that the office can say later whether a file is one of its own."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="dossiers")
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size"))
    key = models.CharField(_("published key"), max_length=80)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("dossier")
        ordering = ["-id"]
        indexes = [models.Index(fields=["sha256"], name="dossier_by_hash")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.sha256[:16]}"

    def get_absolute_url(self) -> str:
        return reverse("dossier:file", args=[self.order.code, self.pk])

    @property
    def file_name(self) -> str:
        """Under which it is handed out."""
        return f"{self.order.code}-{self.made_at:%Y%m%d}-{self.sha256[:8]}.zip"
