from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.models import GoodsKind, Maker
from lumbung.scorecards.choices import FlagDecision, FlagKind, Measure, RemarkOutcome, ShownBy


class Shown(models.Model):
    """A maker read the own record: from now on the office reads what stood there, and not only a week later.

    `numbers` is what was shown, by kind of goods: it stays what it was when later deliveries change the sums.
    """

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="records_shown")
    through = models.CharField(_("how"), max_length=8, choices=ShownBy)
    numbers = models.JSONField(default=dict)
    shown_at = models.DateTimeField(default=clock.now)
    shown_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("record shown")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at__isnull=False) & ~Q(shown_by=""), name="record_shown_at_and_by"
            ),
        ]
        indexes = [models.Index(fields=["maker", "-shown_at"], name="record_shown_newest")]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.through}"


class Remark(models.Model):
    """What a maker says about an own number. It stands beside the number; an officer answers it with a reason."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="remarks")
    kind = models.ForeignKey(GoodsKind, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(_("about"), max_length=8, choices=Measure)
    words = models.TextField(_("own words"))
    numbers = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=120)
    outcome = models.CharField(_("outcome"), max_length=9, choices=RemarkOutcome, blank=True, default="")
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("remark on a record")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="remark_has_words"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=False) & ~Q(made_by=""), name="remark_made_at_and_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", outcome="", reason="")
                | (Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(outcome="") & ~Q(reason="")),
                name="remark_answered_at_by_why",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="remark_open", condition=Q(answered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("scorecards:answer", args=[self.pk])

    @property
    def key(self) -> str:
        return f"remark:{self.pk}"


class Flag(models.Model):
    """Something that looks as if goods came from elsewhere, with its numbers. A person decides; nothing follows."""

    kind = models.CharField(_("what was found"), max_length=14, choices=FlagKind)
    evidence_key = models.CharField(max_length=160)
    """Names what was looked at: the same evidence is asked about once, also after it was decided."""
    makers = models.ManyToManyField(Maker, related_name="flags")
    numbers = models.JSONField(default=dict)
    found_at = models.DateTimeField(default=clock.now)
    found_by = models.CharField(max_length=120)
    decision = models.CharField(_("decision"), max_length=8, choices=FlagDecision, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("flag")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "evidence_key"], name="flag_once_an_evidence"),
            models.CheckConstraint(
                condition=Q(found_at__isnull=False) & ~Q(found_by=""), name="flag_found_at_and_by"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="", decision="", reason="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decision="") & ~Q(reason="")),
                name="flag_decided_at_by_why",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="flag_open", condition=Q(decided_at__isnull=True)),
            models.Index(fields=["kind", "id"], name="flag_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.evidence_key}"

    def get_absolute_url(self) -> str:
        return reverse("scorecards:flag", args=[self.pk])

    @property
    def key(self) -> str:
        return f"flag:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class Asked(models.Model):
    """The office wrote to a maker who had no work for long."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="asked")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("maker asked")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False) & ~Q(asked_by=""), name="maker_asked_at_and_by"
            ),
        ]
        indexes = [models.Index(fields=["maker", "-asked_at"], name="maker_asked_newest")]

    def __str__(self) -> str:
        return f"{self.maker_id}"
