"""Goods, weeks, kinds of goods, and the filter of the register."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock, formats
from foundation.forms import LookForm, NumberField, RupiahField, SortField
from lumbung.makers import queries, rules
from lumbung.makers.choices import MakerState, Unit
from lumbung.makers.models import Good, GoodsKind, Maker
from lumbung.places.models import Regency

WEEKS_SHOWN = 12


class PlanForm(LookForm):
    """What makers tell themselves: how much a week, from which lot on."""

    weekly_capacity = NumberField(
        label=_("Capacity a week"), help_text=_("What is really made in a normal week.")
    )
    minimum_lot = NumberField(
        label=_("Smallest lot"), help_text=_("Below this many it is not worth beginning."), initial=1
    )

    def clean(self) -> dict[str, Any]:
        """The same rules as the deed, each fault at its field."""
        given = super().clean() or self.cleaned_data
        numbers = {"price_rupiah": 1, "weekly_capacity": 1, "minimum_lot": 1}
        numbers |= {field: value for field, value in given.items() if field in numbers and value is not None}
        if "weekly_capacity" not in given:
            numbers["weekly_capacity"] = rules.LARGEST_CAPACITY
        for field, sentence in rules.faults_of_good(**numbers).items():
            if field in self.fields and field in given:
                self.add_error(field, sentence)
        return given


class GoodForm(PlanForm):
    """What the office writes down: the price as well."""

    price_rupiah = RupiahField(label=_("Price per unit"))
    field_order = ("kind", "price_rupiah", "weekly_capacity", "minimum_lot")


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Kinds of goods by name, with what they are counted in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.words} ({obj.get_unit_display()})"


class NewGoodForm(GoodForm):
    """Another kind of goods for a maker."""

    kind = KindField(label=_("Kind of goods"), queryset=GoodsKind.objects.none())

    def __init__(self, *args: Any, maker: Maker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = Good.objects.filter(maker=maker, stopped_on__isnull=True).values("kind")
        kind = self.fields["kind"]
        assert isinstance(kind, KindField)
        kind.queryset = queries.goods_kinds().exclude(pk__in=made)


def week_words(monday: date) -> str:
    """`4–10 Mei`, or `30 November – 6 Desember`."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        return f"{monday.day}–{formats.day_month(sunday)}"
    return f"{formats.day_month(monday)} – {formats.day_month(sunday)}"


class BusyForm(LookForm):
    """Weeks in which a maker takes no new work."""

    monday = forms.TypedChoiceField(label=_("From the week"), coerce=date.fromisoformat, choices=[])
    weeks = NumberField(label=_("How many weeks"), min_value=1, max_value=WEEKS_SHOWN, initial=1)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        required=False,
        help_text=_("For example: harvest, a wedding, material is late."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mondays = rules.mondays_from(clock.today(), WEEKS_SHOWN)
        monday = self.fields["monday"]
        assert isinstance(monday, forms.TypedChoiceField)
        monday.choices = [(each.isoformat(), week_words(each)) for each in mondays]

    @property
    def mondays(self) -> list[date]:
        return rules.mondays_from(self.cleaned_data["monday"], self.cleaned_data["weeks"])


class KindForm(LookForm):
    """A kind of goods for the whole province."""

    name = forms.CharField(label=_("Name in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit)


SORTS = [
    (queries.BY_NAME, _("Name")),
    ("place", _("Place")),
    ("households", _("Most households")),
    ("newest", _("Newest in the register")),
]


class FilterForm(LookForm):
    """What somebody looks for in the register."""

    text = forms.CharField(label=_("Name or village"), max_length=80, required=False)
    regency = forms.ChoiceField(label=_("Regency"), required=False)
    kind = forms.ChoiceField(label=_("Kind of goods"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = SortField(SORTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.words) for kind in queries.goods_kinds()]
        self._offer("regency", list(Regency.objects.values_list("code", "short_name")))
        self._offer("kind", kinds)
        self._offer("state", [(state.value, str(state.label)) for state in MakerState])

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *offered]
