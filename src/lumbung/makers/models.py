from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.choices import STATE_KEYS, UNIT_SINGULAR, MakerKind, MakerState, Unit
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
    def one_unit(self) -> str:
        """The word after a price: Rp3.400 per sheet."""
        return str(UNIT_SINGULAR[Unit(self.unit)])


class Maker(models.Model):
    """A workshop, often one house, or a captain's group of houses, in one village."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="maker")
    kind = models.CharField(_("kind"), max_length=12, choices=MakerKind, default=MakerKind.WORKSHOP)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_makers")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="makers")
    hamlet = models.CharField(_("hamlet"), max_length=80, blank=True)
    house = models.CharField(_("house"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=40, blank=True)
    bank_account = models.CharField(_("account number"), max_length=40, blank=True)
    households = models.PositiveIntegerField(_("households"), default=1)
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
            models.Index(fields=["sort_name", "id", "state", "village", "search_text"], name="maker_by_name"),
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
        return str(capfirst(self.get_state_display()))


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
