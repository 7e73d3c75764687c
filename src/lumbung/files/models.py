from django.db import models
from django.urls import reverse

from foundation import clock
from lumbung.files.choices import Visibility


class StoredFile(models.Model):
    """Bytes under their own hash: the same photo twice is one file."""

    hash = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.hash[:16]


class Attachment(models.Model):
    """A file at a subject: its name, who put it there, who may see it."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    subject = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.OFFICE)
    attached_by = models.CharField(max_length=120)
    attached_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="attachment_subject")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:attachment", args=[self.pk, self.name])
