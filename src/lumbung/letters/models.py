from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.files.models import Attachment, StoredFile
from lumbung.letters.choices import ONE_ABOUT_A_SUBJECT, LetterKind, LetterState
from lumbung.organisations.models import Party


class Letterhead(models.Model):
    """How an office signs from a day on, until the next one begins. A change is a new row: old letters keep theirs."""

    office = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letterheads")
    short_name = models.CharField(_("short name in numbers"), max_length=30)
    name_lines = models.TextField(_("name"), max_length=400)
    address = models.CharField(_("address"), max_length=300)
    phone = models.CharField(_("phone"), max_length=120, blank=True)
    logo = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place of signing"), max_length=80)
    signer_name = models.CharField(_("who signs"), max_length=120)
    signer_position = models.CharField(_("position"), max_length=160)
    signer_rank = models.CharField(_("rank"), max_length=120, blank=True)
    signer_nip = models.CharField("NIP", max_length=30, blank=True)
    starts_on = models.DateField(_("in force from"))
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("letterhead")
        indexes = [models.Index(fields=["office", "starts_on"], name="letterhead_by_start")]

    def __str__(self) -> str:
        return self.lines[-1] if self.lines else self.short_name

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.name_lines.splitlines() if line.strip()]


class NumberPattern(models.Model):
    """How the numbers of one kind are written by an office; the newest row counts."""

    office = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="number_patterns")
    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind)
    pattern = models.CharField(_("pattern"), max_length=80)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("number pattern")

    def __str__(self) -> str:
        return self.pattern


class Series(models.Model):
    """The numbers of one kind of letter in one year; its row is the lock under which the next one is taken."""

    office = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letter_series")
    kind = models.CharField(max_length=12, choices=LetterKind)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="series_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Letter(models.Model):
    """A letter as it went out. Nothing in it changes; a mistake is voided, and replaced under a new number."""

    office = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=120)
    title = models.CharField(_("about"), max_length=200)
    subject = models.CharField(max_length=120, blank=True)
    content = models.JSONField()
    letterhead = models.ForeignKey(Letterhead, on_delete=models.PROTECT, related_name="letters")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="letters")
    nonce = models.CharField(max_length=32)
    check_hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField(_("date"))
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=120)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=120, blank=True)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("letter")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year", "sequence"], name="letter_sequence_once"
            ),
            models.UniqueConstraint(fields=["office", "number"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=models.Q(voided_at__isnull=True, kind__in=ONE_ABOUT_A_SUBJECT)
                & ~models.Q(subject=""),
                name="letter_once_about_a_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (models.Q(voided_at__isnull=False) & ~models.Q(voided_by="") & ~models.Q(void_reason="")),
                name="letter_voided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "issued_on"], name="letter_by_day"),
            models.Index(fields=["office", "kind", "issued_on"], name="letter_by_kind"),
            models.Index(fields=["subject"], name="letter_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.pk])

    @property
    def key(self) -> str:
        return f"letter:{self.pk}"

    @property
    def state(self) -> LetterState:
        return LetterState.VOIDED if self.voided_at else LetterState.ISSUED

    @property
    def sha256(self) -> str:
        """The file is kept under its hash."""
        return self.pdf_id
