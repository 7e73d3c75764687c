from django.db import models
from django.utils.translation import gettext_lazy as _


class Covers(models.TextChoices):
    """Whose certificate it is."""

    SKILL = "skill", _("a person's skill")
    PRODUCT = "product", _("a maker's product")
