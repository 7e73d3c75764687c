from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.organisations.choices import PartyKind
from lumbung.people.choices import ROLE_CHOICES
from lumbung.people.models import Person
from lumbung.places.models import Regency


class Party(models.Model):
    """An organisation or community that can promise, order or make. Dated: offices merge and change names."""

    kind = models.CharField(_("kind"), max_length=16, choices=PartyKind)
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("party")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="party_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="party_kind_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"party:{self.pk}"


class Membership(models.Model):
    """A person's role in a party for a time; a regency officer's is bound to the regency."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )  # an index below begins with it
    role = models.CharField(_("role"), max_length=32, choices=ROLE_CHOICES)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(fields=["person", "party", "role", "starts_on"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="regency_officer") | models.Q(regency__isnull=False),
                name="regency_officer_has_regency",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "role"], name="membership_party_role"),
            models.Index(fields=["role", "party", "person", "starts_on", "ends_on"], name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.party}"
