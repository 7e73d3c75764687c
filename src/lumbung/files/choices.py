from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everybody")
    OFFICE = "office", _("the office and the auditor")
    OWN = "own", _("only who put it there")
