from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock


class Chain(models.Model):
    """The head of one subject's chain; its row is locked while a record is added."""

    subject = models.CharField(max_length=120, primary_key=True)
    length = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return self.subject


class Record(models.Model):
    """One deed: who, what, to which subject, when. Never changed, never deleted."""

    subject = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    deed = models.CharField(max_length=80)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)
    content = models.TextField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("record")
        constraints = [
            models.UniqueConstraint(fields=["subject", "position"], name="record_position_once"),
        ]
        indexes = [
            models.Index(fields=["deed", "id"], name="record_deed"),
            models.Index(fields=["actor", "id"], name="record_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.position} {self.deed}"

    def get_absolute_url(self) -> str:
        return reverse("records:record", args=[self.pk])


class Seal(models.Model):
    """All chain heads of a moment under one hash, kept (and printed) apart from the database."""

    sealed_at = models.DateTimeField(default=clock.now)
    last_record = models.BigIntegerField()
    chains = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.sealed_at:%Y-%m-%d} {self.hash[:16]}"


class Pending(models.Model):
    """The outbox: a receiver that has still to hear of a record."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "receiver"], name="pending_once")]
        indexes = [
            models.Index(fields=["id"], name="pending_open", condition=models.Q(delivered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.record_id}"
