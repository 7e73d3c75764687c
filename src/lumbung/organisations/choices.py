from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    OFFICE = "office", _("office")
    BUYER = "buyer", _("buyer")
    MAKER = "maker", _("maker")
    GROUP = "group", _("group of makers")
    ASSOCIATION = "association", _("industry or association")
    ACADEMIC = "academic", _("academia")
    CONSULTANT = "consultant", _("consultant")
    YOUTH = "youth", _("youth")
    FINANCE = "finance", _("finance")
    TECHNOLOGY = "technology", _("technology provider")
