"""The one table of the foundation: forms that were already sent."""

from django.db import models


class Sent(models.Model):
    """A form that did its deed, known by the token it carried. Kept a week; holds no personal data."""

    token = models.CharField(max_length=64, primary_key=True)
    result = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.token
