"""The tables of the foundation: forms that were already sent, entries that arrived, and long work."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Sent(models.Model):
    """A form that did its deed, known by the token it carried. Kept a week; holds no personal data."""

    token = models.CharField(max_length=64, primary_key=True)
    result = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.token


class Arrived(models.Model):
    """An entry made on a phone that did its deed, known by the key it was given there. Holds no personal data.

    Kept always: nobody knows how long a phone that got no answer lies in a drawer.
    """

    key = models.CharField(max_length=64, primary_key=True)
    result = models.CharField(max_length=200, blank=True)
    arrived_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting to begin")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Could not be done")
    FAILED = "failed", _("Broke off")


OPEN_STATES = (WorkState.WAITING, WorkState.RUNNING)


class Work(models.Model):
    """Long work that runs away from the request; see foundation/work. Kept 90 days; holds no personal data."""

    name = models.CharField(max_length=60)
    module = models.CharField(max_length=120)
    arguments = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    about = models.CharField(max_length=200)
    back = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    task = models.CharField(max_length=40, blank=True)
    worker = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(state__in=OPEN_STATES), name="work_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | Q(ended_at__isnull=False) & ~Q(state__in=OPEN_STATES),
                name="work_ended_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "queued_at"], name="work_state")]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("work", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
