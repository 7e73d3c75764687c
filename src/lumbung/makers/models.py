from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.files.models import Attachment
from lumbung.makers.choices import (
    IMPORT_STATE_KEYS,
    STATE_KEYS,
    UNIT_SINGULAR,
    ImportState,
    MakerKind,
    MakerState,
    Outcome,
    RemarkKind,
    Unit,
)
from lumbung.organisations.models import Party
from lumbung.people.models import Person
from lumbung.places.models import Village


class GoodsKind(models.Model):
    """A kind of goods that makers choose from and orders ask for."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)

    class Meta:
        ordering = ["name"]
        verbose_name = _("kind of goods")

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "").startswith("en") else self.name

    @property
    def unit_words(self) -> str:
        """The unit in the plural, as quantities need it."""
        return str(Unit(self.unit).label)

    @property
    def one_unit(self) -> str:
        """The word after a price: Rp3.400 per sheet."""
        return str(UNIT_SINGULAR[Unit(self.unit)])


class Maker(models.Model):
    """A workshop, often one house, or a captain's group of houses, in one village."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="maker")
    kind = models.CharField(_("kind"), max_length=12, choices=MakerKind, default=MakerKind.WORKSHOP)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_makers")
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="makers", db_index=False
    )  # an index below begins with it
    hamlet = models.CharField(_("hamlet"), max_length=80, blank=True)
    house = models.CharField(_("house"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=40, blank=True)
    bank_account = models.CharField(_("account number"), max_length=40, blank=True)
    nib = models.CharField(_("NIB"), max_length=30, blank=True)
    households = models.PositiveIntegerField(_("households"), default=1)
    unnamed_households = models.PositiveIntegerField(_("of these not known by name"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=MakerState, default=MakerState.ACTIVE)
    state_since = models.DateField(_("in this state since"), null=True, blank=True)
    state_reason = models.CharField(_("reason"), max_length=200, blank=True)
    last_made_on = models.DateField(_("last real production"), null=True, blank=True)
    registered_at = models.DateTimeField(default=clock.now)
    is_demo = models.BooleanField(default=False)
    sort_name = models.CharField(max_length=200, default="", blank=True, editable=False)
    search_text = models.CharField(max_length=600, default="", blank=True, editable=False)

    class Meta:
        verbose_name = _("maker")
        constraints = [
            models.CheckConstraint(condition=models.Q(households__gte=1), name="maker_has_a_household"),
        ]
        indexes = [
            models.Index(fields=["bank_account"], name="maker_account", condition=~models.Q(bank_account="")),
            models.Index(fields=["village", "house"], name="maker_house", condition=~models.Q(house="")),
            # One for each way in which the register is read; each holds what a search looks at.
            models.Index(fields=["sort_name", "id", "state", "village", "search_text"], name="maker_by_name"),
            models.Index(
                fields=["village", "sort_name", "id", "state", "search_text"], name="maker_by_place"
            ),
            models.Index(
                fields=["-households", "sort_name", "id", "state", "village", "search_text"],
                name="maker_by_households",
            ),
            models.Index(
                fields=["-registered_at", "-id", "state", "village", "search_text"], name="maker_newest"
            ),
        ]

    def __str__(self) -> str:
        return self.party.name

    def get_absolute_url(self) -> str:
        return reverse("makers:detail", args=[self.pk])

    @property
    def key(self) -> str:
        return f"maker:{self.pk}"

    @property
    def state_key(self) -> str:
        """The glyph that stands before the state's word."""
        return STATE_KEYS[self.state]

    @property
    def state_words(self) -> str:
        """The state as it stands beside its glyph."""
        return str(capfirst(str(MakerState(self.state).label)))


class Household(models.Model):
    """A house of a captain's group, where goods are really made."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="houses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="houses")
    hamlet = models.CharField(_("hamlet"), max_length=80, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("household")
        constraints = [models.UniqueConstraint(fields=["maker", "person"], name="household_once")]

    def __str__(self) -> str:
        return self.person.full_name


class Good(models.Model):
    """What a maker makes: at which price, how much a week, from which lot on."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="goods")
    kind = models.ForeignKey(GoodsKind, on_delete=models.PROTECT, related_name="goods")
    price_rupiah = models.PositiveBigIntegerField(_("price per unit"))
    weekly_capacity = models.PositiveIntegerField(_("capacity a week"))
    minimum_lot = models.PositiveIntegerField(_("smallest lot"), default=1)
    stopped_on = models.DateField(_("no longer made since"), null=True, blank=True)

    class Meta:
        verbose_name = _("goods")
        constraints = [
            models.UniqueConstraint(fields=["maker", "kind"], name="good_once_a_maker"),
            models.CheckConstraint(condition=models.Q(price_rupiah__gt=0), name="good_has_a_price"),
            models.CheckConstraint(condition=models.Q(weekly_capacity__gt=0), name="good_has_capacity"),
            models.CheckConstraint(condition=models.Q(minimum_lot__gt=0), name="good_has_a_lot"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "maker"], name="good_made_now", condition=models.Q(stopped_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.maker_id}"


class BusyWeek(models.Model):
    """A week (its Monday) in which a maker takes no new work."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="busy_weeks")
    monday = models.DateField(_("week from Monday"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("busy week")
        constraints = [models.UniqueConstraint(fields=["maker", "monday"], name="busy_week_once")]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.monday}"


class DuplicateReview(models.Model):
    """An officer looked at two makers that seemed one, and found that they are two."""

    first = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    reviewed_at = models.DateTimeField(default=clock.now)
    reviewed_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("review of duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_review_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="duplicate_pair_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class MakerImport(models.Model):
    """A file of makers that somebody sent: what it says, whether it was taken in, whether it was taken back."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    file_hash = models.CharField(max_length=64)
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    heading_row = models.PositiveIntegerField(default=1)
    left_aside = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.SENT)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_left_out = models.PositiveIntegerField(_("rows not taken in"), default=0)
    new_makers = models.PositiveIntegerField(_("new"), default=0)
    changed_makers = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_makers = models.PositiveIntegerField(_("the same"), default=0)
    plan_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.CharField(max_length=120)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True)
    undone_makers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("import of makers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True, taken_by="")
                | (models.Q(taken_at__isnull=False) & ~models.Q(taken_by="")),
                name="import_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by="")
                | (models.Q(undone_at__isnull=False, taken_at__isnull=False) & ~models.Q(undone_by="")),
                name="import_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("makers:import", args=[self.pk])

    @property
    def key(self) -> str:
        return f"maker-import:{self.pk}"

    @property
    def state_key(self) -> str:
        """The glyph that stands before the state's word."""
        return IMPORT_STATE_KEYS[self.state]

    @property
    def makers_taken(self) -> int:
        """What pressing the button writes down."""
        return self.new_makers + self.changed_makers

    @property
    def rows_fine(self) -> int:
        return self.rows - self.rows_left_out


class ImportedMaker(models.Model):
    """A maker that a file brings or changes: the values before and after, so that it can be taken back."""

    batch = models.ForeignKey(MakerImport, on_delete=models.PROTECT, related_name="makers")
    row = models.PositiveIntegerField(_("row"))
    maker = models.ForeignKey(Maker, on_delete=models.SET_NULL, null=True, related_name="imports")
    outcome = models.CharField(_("what happens"), max_length=8, choices=Outcome)
    name = models.CharField(_("name"), max_length=200)
    place = models.CharField(_("place"), max_length=250)
    changes = models.JSONField(default=list)
    kept_because = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("imported maker")
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="imported_maker_once_a_row")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.row}"


class ImportRemark(models.Model):
    """What is to be said about a cell of a file."""

    batch = models.ForeignKey(MakerImport, on_delete=models.PROTECT, related_name="remarks")
    row = models.PositiveIntegerField(_("row"))
    place = models.PositiveIntegerField()
    column = models.CharField(_("column"), max_length=120, blank=True)
    cell = models.CharField(_("cell"), max_length=12, blank=True)
    kind = models.CharField(_("what follows"), max_length=8, choices=RemarkKind)
    sentence = models.CharField(_("remark"), max_length=600)

    class Meta:
        verbose_name = _("remark about a file")
        indexes = [models.Index(fields=["batch", "kind", "row", "id"], name="import_remark_in_order")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.cell}"
