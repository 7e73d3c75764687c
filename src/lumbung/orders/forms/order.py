"""What an officer writes when an order is taken in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import DayField, LookForm, NumberField, PercentField, RupiahField, SearchedField
from lumbung.certification.models import Scheme
from lumbung.certification.queries import schemes
from lumbung.makers.models import GoodsKind
from lumbung.makers.queries import goods_kinds
from lumbung.money.choices import Supply
from lumbung.orders.actions.ordering import TERMS
from lumbung.orders.choices import PriceMode, ProcurementMethod
from lumbung.orders.forms.points import Unjudged
from lumbung.orders.models import Order, OrderLine
from lumbung.orders.rules import order as rules
from lumbung.orders.rules.wording import kind_name
from lumbung.organisations.models import Party
from lumbung.organisations.queries import buyers
from lumbung.places.queries import VILLAGE_SEARCH

LONGEST_ANSWER_HOURS = 24 * 60
LARGEST_RUPIAH = 10**11
LARGEST_TRANSPORT_RUPIAH = 10**9
LARGEST_CREDIT_BP = 2_500

PRICE_MODES: list[tuple[str, str | Promise]] = [
    (PriceMode.ONE, _("One price for all: every maker receives the same for each piece.")),
    (
        PriceMode.OWN,
        _(
            "Each maker's own price: as the register says; whoever asks more than the ceiling cannot take part."
        ),
    ),
]


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: GoodsKind) -> str:
        return kind_name(obj)


class SchemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Scheme) -> str:
        return kind_name(obj)


class OrderForm(Unjudged):
    """The terms of an order; its lines and collection points stand in forms of their own."""

    buyer = forms.ModelChoiceField(
        queryset=Party.objects.none(), label=_("Ordered by"), empty_label=_("Choose")
    )
    title = forms.CharField(
        label=_("Name of the order"), max_length=120, help_text=_("Short, as people will call it.")
    )
    specification = forms.CharField(
        label=_("Specification"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("Material, measures, colours, packing: what makers must know before they say yes."),
    )
    due_on = DayField(label=_("Due date"), help_text=_("The day on which everything has been handed over."))
    delivery_village = SearchedField(
        VILLAGE_SEARCH, label=_("Village of delivery"), help_text=_("Its name; after a comma its district.")
    )
    delivery_place = forms.CharField(
        label=_("Delivery point"), max_length=160, help_text=_("Where the buyer receives the goods.")
    )

    price_mode = forms.ChoiceField(
        label=_("Price"), choices=PRICE_MODES, widget=forms.RadioSelect, initial=PriceMode.ONE
    )
    cost_budget_bp = PercentField(
        label=_("Cost budget"),
        initial=200,
        min_value=0,
        max_value=10_000,
        help_text=_("How many percent above the cheapest split may be spent so that more makers take part."),
    )
    budget_decree = forms.CharField(
        label=_("Decree of the cost budget"),
        max_length=160,
        required=False,
        help_text=_("Who set it, and when."),
    )
    transport_rupiah_per_100_km = RupiahField(
        label=_("Transport of one unit over 100 km"),
        min_value=0,
        max_value=LARGEST_TRANSPORT_RUPIAH,
        initial=0,
    )
    visit_rupiah = RupiahField(
        label=_("One visit to a maker"),
        min_value=0,
        max_value=LARGEST_RUPIAH,
        initial=0,
        help_text=_("What it costs to look after one more maker."),
    )
    turn_credit_bp = PercentField(
        label=_("Turns: highest credit"),
        min_value=0,
        max_value=LARGEST_CREDIT_BP,
        help_text=_(
            "In percent of the price. Whoever got less than the own part in the last year is ranked cheaper by up"
            " to this much. What is paid stays the same."
        ),
    )
    priority_credit_bp = PercentField(
        label=_("Priority villages: credit"),
        min_value=0,
        max_value=LARGEST_CREDIT_BP,
        help_text=_(
            "In percent of the price, for makers of the villages on the public list of priority villages."
        ),
    )
    newcomer_quota_bp = PercentField(
        label=_("Newcomers: their part of the order"),
        min_value=0,
        max_value=10_000,
        help_text=_("Makers who never had a confirmed share get at least this part, if they can make it."),
    )
    newcomer_credit_bp = PercentField(
        label=_("Newcomers: highest credit"),
        min_value=0,
        max_value=LARGEST_CREDIT_BP,
        help_text=_(
            "In percent of the price: by how much newcomers may be ranked cheaper to get their part."
        ),
    )
    answer_hours = NumberField(
        label=_("Hours to answer"),
        min_value=1,
        max_value=LONGEST_ANSWER_HOURS,
        initial=48,
        help_text=_("Counted from the moment an offer is sent."),
    )
    payment_days = NumberField(label=_("Days until payment"), min_value=0, max_value=365, initial=7)
    objection_days = NumberField(
        label=_("Working days to answer an objection"),
        min_value=1,
        max_value=30,
        initial=5,
        help_text=_("Set by the office. Days on which the office is closed do not count."),
    )
    objection_window_days = NumberField(
        label=_("Days in which objections are in time"),
        min_value=1,
        max_value=365,
        initial=14,
        help_text=_("Counted from the decision. Later ones are taken too, and marked as late."),
    )
    resplits_itself = forms.BooleanField(
        label=_("What is declined moves on to other makers at once"), required=False, initial=True
    )
    schemes = SchemesField(
        queryset=Scheme.objects.none(),
        label=_("Required certificates"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Valid until the due date. Leave empty if none is needed."),
    )

    is_public = forms.BooleanField(label=_("This order is paid with public money"), required=False)
    procurement_method = forms.ChoiceField(label=_("Procurement method"), required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200, required=False)
    budget_line = forms.CharField(label=_("Budget line"), max_length=120, required=False)
    responsible_official = forms.CharField(label=_("Responsible official"), max_length=160, required=False)
    price_source = forms.CharField(label=_("Source of the reference price"), max_length=200, required=False)

    WHAT = ("buyer", "title", "specification")
    WHEN = ("due_on", "delivery_village", "delivery_place")
    PRICE = ("price_mode", "cost_budget_bp", "budget_decree", "transport_rupiah_per_100_km", "visit_rupiah")
    TURNS = ("turn_credit_bp", "priority_credit_bp", "newcomer_quota_bp", "newcomer_credit_bp")
    ANSWERS = (
        "answer_hours",
        "payment_days",
        "objection_days",
        "objection_window_days",
        "resplits_itself",
        "schemes",
    )
    PUBLIC = ("is_public", *rules.PUBLIC_FIELDS)

    def __init__(self, *args: Any, order: Order | None = None, **kwargs: Any) -> None:
        if order:
            kwargs.setdefault("initial", {name: getattr(order, name) for name in (*TERMS, "buyer")})
            kwargs["initial"]["schemes"] = Scheme.objects.filter(
                pk__in=order.required_schemes.values("scheme")
            )
        super().__init__(*args, **kwargs)
        for name, basis_points in settings.FAIRNESS_BP.items():
            self.fields[name].initial = basis_points
        self.fields["buyer"].queryset = buyers()  # type: ignore[attr-defined]
        self.fields["schemes"].queryset = schemes()  # type: ignore[attr-defined]
        methods = [("", _("Choose")), *ProcurementMethod.choices]
        self.fields["procurement_method"].choices = methods  # type: ignore[attr-defined]
        if order:
            del self.fields["buyer"]
        if not self.fields["schemes"].queryset:  # type: ignore[attr-defined]
            del self.fields["schemes"]

    def clean_due_on(self) -> Any:
        if reason := rules.why_not_due(self.cleaned_data["due_on"], today=clock.today()):
            raise forms.ValidationError(reason)
        return self.cleaned_data["due_on"]

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TERMS}

    def required_schemes(self) -> list[Scheme]:
        return list(self.cleaned_data.get("schemes") or [])

    def section(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def what(self) -> list[forms.BoundField]:
        return self.section(self.WHAT)

    def when(self) -> list[forms.BoundField]:
        return self.section(self.WHEN)

    def price(self) -> list[forms.BoundField]:
        return self.section(self.PRICE)

    def turns(self) -> list[forms.BoundField]:
        return self.section(self.TURNS)

    def answers(self) -> list[forms.BoundField]:
        return self.section(self.ANSWERS)

    def public(self) -> list[forms.BoundField]:
        return self.section(self.PUBLIC)


class LineForm(Unjudged):
    """One kind of goods of one size."""

    kind = KindField(queryset=GoodsKind.objects.none(), label=_("Kind of goods"), empty_label=_("Choose"))
    size = forms.CharField(label=_("Size"), max_length=80, required=False)
    quantity = NumberField(label=_("Quantity"))
    price_rupiah = RupiahField(
        label=_("Price per unit"),
        min_value=1,
        max_value=LARGEST_RUPIAH,
        help_text=_("With each maker's own price this is the ceiling."),
    )
    supply = forms.ChoiceField(
        label=_("What is paid for"),
        choices=Supply,
        initial=Supply.GOODS,
        help_text=_(
            "Makers who sew material that was handed out to them are paid for a service: other taxes apply."
        ),
    )

    def __init__(
        self, *args: Any, order: Order | None = None, line: OrderLine | None = None, **kwargs: Any
    ) -> None:
        if line:
            names = ("kind", "size", "quantity", "price_rupiah", "supply")
            kwargs.setdefault("initial", {name: getattr(line, name) for name in names})
        super().__init__(*args, **kwargs)
        self._order, self._line = order, line
        self.fields["kind"].queryset = goods_kinds()  # type: ignore[attr-defined]
        self.fields["quantity"].help_text = _("Whole units, at most %(most)s a line.") % {
            "most": "10.000.000"
        }

    def clean_quantity(self) -> int:
        quantity: int = self.cleaned_data["quantity"]
        if reason := rules.why_not_quantity(quantity):
            raise forms.ValidationError(reason)
        return quantity

    def clean(self) -> dict[str, Any]:
        kind, size = self.cleaned_data.get("kind"), (self.cleaned_data.get("size") or "").strip()
        if self._order and kind:
            twins = self._order.lines.filter(kind=kind, size=size)
            if (twins.exclude(pk=self._line.pk) if self._line else twins).exists():
                self.add_error(
                    "size", _("The order has a line of this kind and size already. Change that one.")
                )
        return self.cleaned_data


class CancelForm(LookForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Makers and the buyer will read it."),
    )


class FinishForm(LookForm):
    """What was agreed about pieces that did not come or did not pass."""

    note = forms.CharField(
        label=_("What was agreed about the pieces that are missing?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The buyer and the auditor will read it."),
    )

    def __init__(self, *args: Any, missing: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing <= 0:
            self.fields["note"].required = False
            self.fields["note"].label = _("Note")


class ReturnForm(LookForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What is to be changed before it comes back."),
    )
