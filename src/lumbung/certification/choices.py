from django.db import models
from django.utils.translation import gettext_lazy as _

SCHEME_ADDED = "certification.scheme_added"
CERTIFICATE_GRANTED = "certification.granted"
CERTIFICATES_GRANTED = "certification.batch_granted"
CERTIFICATE_REVOKED = "certification.revoked"


class Covers(models.TextChoices):
    """Whose certificate it is."""

    SKILL = "skill", _("a person's skill")
    PRODUCT = "product", _("a maker's product")


class CertificateState(models.TextChoices):
    """Told from the dates on reading, never stored."""

    VALID = "valid", _("Valid")
    EXPIRING = "expiring", _("Expiring soon")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
