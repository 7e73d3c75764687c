"""What may be typed about deliveries and inspections."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import clock, formats
from foundation.forms import DayField, LookForm, NumberField
from lumbung.deliveries import queries
from lumbung.deliveries.actions import Photo
from lumbung.deliveries.choices import (
    BUCKETS,
    DEFAULT_AQL_BP,
    DEFAULT_LEVEL,
    DEFAULT_SMALL_BELOW,
    LARGEST_DELIVERY,
    Becomes,
    Fault,
    Pieces,
)
from lumbung.deliveries.models import InspectionTerms, Move
from lumbung.deliveries.rules import Found, Plan
from lumbung.orders.models import CollectionPoint, Share

ROWS = 3
MOST_ROWS = 9


class PhotoField(forms.FileField):
    """One photo, from the camera or the gallery."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Photo"))
        super().__init__(required=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": "image/jpeg,image/png,image/webp"}


def photo_of(upload: Any) -> Photo | None:
    return Photo(upload, upload.name or "") if upload else None


class DeliveryFilter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Number, order, maker or village"), max_length=80, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=queries.STATES, required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order of the list"), choices=queries.SORTS, required=False)

    def value(self, name: str) -> str:
        return (
            str(self.cleaned_data.get(name, "")) if hasattr(self, "cleaned_data") or self.is_valid() else ""
        )


class FindForm(LookForm):
    q = forms.CharField(
        label=gettext_lazy("Code on the sheet, or name of the maker"),
        max_length=80,
        help_text=gettext_lazy("The code stands below the picture on the maker's sheet."),
    )


class PointField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.village.name}"


class ReceiveForm(LookForm):
    """What was handed over, where, by whom."""

    quantity = NumberField(
        label=gettext_lazy("How many were handed over?"), min_value=1, max_value=LARGEST_DELIVERY
    )
    collection_point = PointField(
        label=gettext_lazy("Collection point"), queryset=CollectionPoint.objects.none()
    )
    delivered_on = DayField(
        label=gettext_lazy("Handed over on"), widget=forms.TextInput(attrs={"data-day": True})
    )
    brought_by = forms.CharField(label=gettext_lazy("Brought by"), max_length=120, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
    photo = PhotoField()

    def __init__(self, sent: Any = None, files: Any = None, *, share: Share, room: int) -> None:
        initial = {
            "collection_point": share.collection_point_id,
            "delivered_on": clock.today(),
            "brought_by": share.maker.owner.full_name,
        }
        super().__init__(sent, files, initial=initial)
        points = self.fields["collection_point"]
        assert isinstance(points, PointField)
        points.queryset = share.line.order.collection_points.select_related("village")
        self.fields["quantity"].help_text = _("At most %(room)s are left of the share.") % {
            "room": formats.number(room)
        }


class CountForm(LookForm):
    """How many pieces are right."""

    accepted = NumberField(label=gettext_lazy("How many are right?"), min_value=0, max_value=LARGEST_DELIVERY)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, sent: Any = None, *, lot: int) -> None:
        super().__init__(sent, initial={"seen": lot})


class FindingForm(LookForm):
    """So many pieces have one fault; an empty row says nothing."""

    quantity = NumberField(
        label=gettext_lazy("How many?"), min_value=1, max_value=LARGEST_DELIVERY, required=False
    )
    fault = forms.ChoiceField(label=gettext_lazy("What is not right?"), required=False)
    becomes = forms.ChoiceField(
        label=gettext_lazy("What becomes of them?"),
        choices=Becomes.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(label=gettext_lazy("In words"), max_length=300, required=False)
    photo = PhotoField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fault = self.fields["fault"]
        assert isinstance(fault, forms.ChoiceField)
        fault.choices = [("", "–"), *Fault.choices]

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        told = super().clean() or self.cleaned_data
        if not self.is_empty:
            for name in ("quantity", "fault", "becomes"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Say this too, or leave the whole row empty."))
        return told

    @property
    def is_empty(self) -> bool:
        told = self.cleaned_data
        return not any(told.get(name) for name in ("quantity", "fault", "becomes", "words", "photo"))

    @property
    def found(self) -> Found:
        told = self.cleaned_data
        return Found(told["fault"], told["quantity"], told["becomes"], told["words"])


class InspectionForm:
    """One count and several findings, sent as one; each row has its own number in front of its names."""

    def __init__(self, plan: Plan, sent: Mapping[str, Any] | None = None, files: Any = None) -> None:
        self.bound = sent is not None
        self.count = CountForm(sent, lot=plan.lot)
        rows = [FindingForm(sent, files, prefix=f"f{row}") for row in range(MOST_ROWS)]
        self.findings, self.more = rows[:ROWS], rows[ROWS:]

    @property
    def parts(self) -> list[LookForm]:
        return [self.count, *self.findings, *self.more]

    def is_valid(self) -> bool:
        return all([part.is_valid() for part in self.parts])  # noqa: C419 - each says what is wrong with it

    @property
    def opens_more(self) -> bool:
        """Whether something was typed in the rows that are folded away."""
        return self.bound and any(row.errors or row.has_changed() for row in self.more)

    def _told(self) -> Iterable[FindingForm]:
        return [row for row in (*self.findings, *self.more) if not row.is_empty]

    @property
    def found(self) -> list[Found]:
        return [row.found for row in self._told()]

    @property
    def photos(self) -> dict[int, Photo]:
        """By the place of their finding."""
        sent = {place: photo_of(row.cleaned_data["photo"]) for place, row in enumerate(self._told())}
        return {place: photo for place, photo in sent.items() if photo}


class CorrectForm(LookForm):
    """How many were really handed over."""

    quantity = NumberField(
        label=gettext_lazy("How many were it really?"), min_value=0, max_value=LARGEST_DELIVERY
    )
    reason = forms.CharField(label=gettext_lazy("Why it changes"), max_length=300)


class CorrectMoveForm(LookForm):
    """How many pieces of an entry belong elsewhere."""

    quantity = NumberField(label=gettext_lazy("How many?"), min_value=1, max_value=LARGEST_DELIVERY)
    instead = forms.ChoiceField(label=gettext_lazy("Where do they belong?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=300)

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instead = self.fields["instead"]
        assert isinstance(instead, forms.ChoiceField)
        instead.choices = [
            (str(place.value), place.label)
            for place in BUCKETS
            if place not in (move.to_place, Pieces.BY_SAMPLE)
        ]


class CloseForm(LookForm):
    """Why the rest of a share does not come, or why it does after all."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The maker and the buyer will read it."),
    )


class TermsForm(LookForm):
    """How the pieces of a line are inspected."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Inspection level"), choices=[(1, "I"), (2, "II"), (3, "III")], coerce=int
    )
    aql_bp = forms.TypedChoiceField(label=gettext_lazy("Acceptable quality level (AQL)"), coerce=int)
    small_below = NumberField(
        label=gettext_lazy("Below how many are all looked at?"), min_value=1, max_value=LARGEST_DELIVERY
    )

    def __init__(self, sent: Any = None, *, terms: InspectionTerms | None) -> None:
        initial = {
            "level": terms.level if terms else DEFAULT_LEVEL,
            "aql_bp": terms.aql_bp if terms else DEFAULT_AQL_BP,
            "small_below": terms.small_below if terms else DEFAULT_SMALL_BELOW,
        }
        super().__init__(sent, initial=initial)
        aql = self.fields["aql_bp"]
        assert isinstance(aql, forms.ChoiceField)
        aql.choices = [(each, formats.percent_bp(each)) for each in queries.tables().aqls_bp]
