"""Photos of deliveries and of findings; they follow who sees the delivery."""

from collections import defaultdict
from collections.abc import Iterable

from lumbung.deliveries.models import Delivery, Finding
from lumbung.files.models import Attachment


def photos_of(deliveries: Iterable[Delivery], findings: Iterable[Finding]) -> dict[str, list[Attachment]]:
    """Subject → its photos, in one query."""
    keys = [delivery.key for delivery in deliveries] + [finding.key for finding in findings]
    found: dict[str, list[Attachment]] = defaultdict(list)
    kept = Attachment.objects.filter(subject__in=keys, removed_at__isnull=True).select_related("file")
    for photo in kept.order_by("pk"):
        found[photo.subject].append(photo)
    return found


def photo_of_deliveries(pk: int, deliveries: Iterable[Delivery]) -> Attachment | None:
    """A photo, if it belongs to one of these deliveries or to what was found at them."""
    whole = list(deliveries)
    findings = Finding.objects.filter(inspection__delivery__in=whole)
    keys = [delivery.key for delivery in whole] + [finding.key for finding in findings]
    kept = Attachment.objects.filter(pk=pk, subject__in=keys, removed_at__isnull=True)
    return kept.select_related("file").first()
