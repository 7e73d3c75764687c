from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lumbung.certification.choices import Covers
from lumbung.makers.models import Good
from lumbung.people.models import Person


class Scheme(models.Model):
    """What is certified: a person's skill or a maker's product."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    covers = models.CharField(_("covers"), max_length=8, choices=Covers)

    class Meta:
        ordering = ["name"]
        verbose_name = _("scheme")

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "").startswith("en") else self.name


class HeldCertificate(models.Model):
    """A paper with a number and an end: of skill it belongs to a person, of product to a maker's good."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="held")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    good = models.ForeignKey(
        Good, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    number = models.CharField(_("number"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("certificate")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="certificate_number_once"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(good__isnull=True),
                name="certificate_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="certificate_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_on__isnull=True) | ~models.Q(revoked_reason=""),
                name="certificate_revoked_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="certificate_by_end")]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.number}"

    @property
    def key(self) -> str:
        return f"certificate:{self.pk}"
