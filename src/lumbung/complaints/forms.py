"""What somebody types who complains, and what the office writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation import formats
from foundation.forms import LookForm, NumberField, RupiahField
from foundation.reading import read_phone
from lumbung.complaints.actions import About
from lumbung.complaints.choices import LARGEST, LARGEST_RUPIAH, OF_PIECES, Source
from lumbung.complaints.queries import CLOSED, LATE, OPEN
from lumbung.deliveries.models import Delivery
from lumbung.lots.models import Lot
from lumbung.lots.queries.lots import lot_by_code
from lumbung.lots.rules.codes import why_not_code
from lumbung.money.models import Due
from lumbung.orders.models import Order


class ComplaintForm(LookForm):
    """From the public page: which goods, what is wrong, and where the answer goes."""

    lot = forms.CharField(
        label=_("Code of the lot"),
        max_length=20,
        required=False,
        help_text=_("Nine digits on the mark of the goods."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(
        label=_("Number of the order or delivery"),
        max_length=20,
        required=False,
        help_text=_("Where there is no mark: PSN-… or SRH-…, from the paper."),
    )
    words = forms.CharField(label=_("What is wrong?"), max_length=2_000, widget=forms.Textarea({"rows": 4}))
    quantity = NumberField(label=_("How many pieces?"), min_value=1, max_value=LARGEST)
    photo = forms.FileField(label=_("Photo"), required=False)
    full_name = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("WhatsApp number"),
        max_length=30,
        help_text=_("The answer comes there. Nobody outside the office sees it."),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    consent = forms.BooleanField(
        label=_("The office may keep my name and number until this complaint is closed and checked.")
    )

    def clean_phone(self) -> str:
        try:
            return read_phone(self.cleaned_data["phone"])
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None

    def clean_lot(self) -> Lot | None:
        written = self.cleaned_data["lot"].strip()
        if not written:
            return None
        if wrong := why_not_code(written):
            raise forms.ValidationError(wrong)
        lot = lot_by_code(written)
        if lot is None:
            raise forms.ValidationError(_("No lot has this code. Please compare each digit with the mark."))
        return lot

    def clean(self) -> dict[str, Any]:
        """Which goods it is about; what only the office knows is not told here."""
        given = super().clean() or self.cleaned_data
        number = str(given.get("number") or "").strip().upper()
        delivery = Delivery.objects.filter(code=number).first() if number.startswith("SRH-") else None
        order = Order.objects.filter(code=number, published_at__isnull=False).first()
        if number and not (delivery or order):
            self.add_error("number", _("There is no order or delivery of this number."))
        given["about"] = About(given.get("lot"), delivery, order)
        return given


class OfficeForm(ComplaintForm):
    """Written down by the office, as the buyer or somebody else told it."""

    source = forms.ChoiceField(
        label=_("Who says it?"),
        choices=[(Source.BUYER, Source.BUYER.label), (Source.OFFICE, Source.OFFICE.label)],
        widget=forms.RadioSelect,
    )
    field_order = ("source",)


class AnswerForm(LookForm):
    answer = forms.CharField(
        label=_("First answer"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What the office will do, and by when. Whoever complained reads it."),
    )


class SettleForm(LookForm):
    kind = forms.ChoiceField(
        label=_("What becomes of them?"),
        choices=[(kind, kind.label) for kind in OF_PIECES],
        widget=forms.RadioSelect,
    )
    quantity = NumberField(label=_("How many pieces?"), min_value=1, max_value=LARGEST)
    refund_rupiah = RupiahField(
        label=_("Money back to the buyer"), required=False, min_value=0, max_value=LARGEST_RUPIAH
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class RecallForm(LookForm):
    """Which of the lots behind it are called back."""

    lots = forms.MultipleChoiceField(label=_("Lots"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    advice = forms.CharField(label=_("What to do with it"), max_length=300)

    def __init__(self, *args: Any, lots: list[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lots"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(lot.pk), f"{lot.shown}, {lot.what}") for lot in lots]


class DueForm(LookForm):
    """What a maker should have earned: only a person decides it."""

    due = forms.ChoiceField(label=_("Entry"))
    right_rupiah = RupiahField(label=_("Right amount"), min_value=0, max_value=LARGEST_RUPIAH)
    reason = forms.CharField(label=_("Reason"), max_length=250, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, dues: list[tuple[Due, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["due"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(due.pk), f"{name}: {formats.rupiah(due.amount_rupiah)}") for due, name in dues]


class CloseForm(LookForm):
    reason = forms.CharField(label=_("How did it end?"), max_length=1_000, widget=forms.Textarea({"rows": 3}))


class ComplaintFilter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    text = forms.CharField(label=_("Number or words"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), (OPEN, _("Open")), (LATE, _("Past its day")), (CLOSED, _("Closed"))],
        required=False,
    )
    sort = forms.ChoiceField(
        label=pgettext_lazy("list", "In which order"),
        choices=[("due", _("First due on top")), ("new", _("Newest first"))],
        required=False,
    )

    def value(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
