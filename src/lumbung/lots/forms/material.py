"""Receiving, handing out, counting, cutting, and what happened to a maker's material."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from foundation.reading import read_number
from lumbung.lots.choices import MovementKind
from lumbung.lots.forms.fields import (
    AmountField,
    LotCodeField,
    MaterialField,
    WhenField,
    amount_in,
    check_lot,
)
from lumbung.lots.models import Holding, MaterialKind, Store
from lumbung.lots.queries.subjects import Subject
from lumbung.makers.models import GoodsKind


class PhotoField(forms.FileField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Photo"), required=False, **kwargs)


class _WithStore(LookForm):
    """A form about material in a store that the person keeps."""

    amounts: tuple[str, ...] = ()
    material = MaterialField(label=_("Material"))
    store = forms.ModelChoiceField(label=_("Store"), queryset=Store.objects.none())

    def __init__(self, *args: Any, stores: QuerySet[Store], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Amounts are read in the unit of the material that was chosen."""
        given = super().clean() or self.cleaned_data
        material = given.get("material")
        for name in self.amounts:
            given[f"{name}_units"] = amount_in(self, name, material)
        if "lot" in self.fields:
            check_lot(self, material, given.get("lot"))
        return given


class ReceiveForm(_WithStore):
    """Material comes into a store."""

    amounts = ("quantity",)
    quantity = AmountField(label=_("How much"), help_text=_("In the unit beside the material."))
    origin = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        help_text=_("Shop or giver, and the number of the bill."),
    )
    day = WhenField()
    photo = PhotoField()


class CountForm(_WithStore):
    """What lies in the store was counted."""

    amounts = ("counted",)
    counted = AmountField(
        label=_("Counted"), help_text=_("What really lies there, in the unit beside the material.")
    )
    lot = LotCodeField(label=_("Lot code"), required=False)
    reason = forms.CharField(label=_("Who counted, and what explains it"), max_length=300)


class CutForm(_WithStore):
    """Cloth becomes pieces, offcuts and loss."""

    amounts = ("taken", "offcuts")
    material = MaterialField(label=_("What was cut"))
    lot = LotCodeField(
        label=_("Lot code"), required=False, help_text=_("Where the material is kept apart by lot.")
    )
    taken = AmountField(label=_("Taken to be cut"))
    piece = MaterialField(label=_("What came of it"))
    pieces = AmountField(label=_("How many pieces"))
    offcuts = AmountField(
        label=_("Offcuts"), help_text=_("In the unit of what was cut. The rest is the loss.")
    )
    reason = forms.CharField(
        label=_("Reason of the loss"),
        max_length=300,
        required=False,
        help_text=_("Only where more is lost than is stated."),
    )
    photo = PhotoField()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["pieces_units"] = amount_in(self, "pieces", given.get("piece"))
        return given


class ChooseForm(_WithStore):
    """Which material goes to the makers of what."""

    subject = forms.ChoiceField(label=_("For"))
    lot = LotCodeField(
        label=_("Lot code"), required=False, help_text=_("Where the material is kept apart by lot.")
    )

    def __init__(self, *args: Any, subjects: list[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [(one.key, one.words) for one in subjects]  # type: ignore[attr-defined]


class RowForm(LookForm):
    """What one maker gets; empty is nothing."""

    quantity = AmountField(label=_("Amount"), required=False)

    def __init__(self, *args: Any, material: MaterialKind, maker: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.material = material
        self.fields["quantity"].label = maker

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["units"] = amount_in(self, "quantity", self.material)
        return given


class HappenedForm(LookForm):
    """What became of material in a maker's hands."""

    happened = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    quantity = AmountField(label=_("How much"))
    store = forms.ModelChoiceField(
        label=_("Back into which store"), queryset=Store.objects.none(), required=False
    )
    reason = forms.CharField(
        label=_("Reason of the loss"),
        max_length=300,
        required=False,
        help_text=_("Only where more is lost than is stated."),
    )
    day = WhenField()
    photo = PhotoField()

    def __init__(self, *args: Any, holding: Holding, stores: QuerySet[Store] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holding = holding
        kinds = [MovementKind.USED, MovementKind.LOST]
        if stores is None:
            del self.fields["store"]
        else:
            kinds.insert(0, MovementKind.RETURNED)
            self.fields["store"].queryset = stores  # type: ignore[attr-defined]
        words = {
            MovementKind.RETURNED: _("It came back"),
            MovementKind.USED: _("It went into the goods"),
            MovementKind.LOST: _("It is spoilt or gone"),
        }
        self.fields["happened"].choices = [(str(kind.value), words[kind]) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["quantity"].help_text = holding.material.get_unit_display() if holding.material else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["units"] = amount_in(self, "quantity", self.holding.material)
        if given.get("happened") == MovementKind.RETURNED and not given.get("store"):
            self.add_error("store", _("Say into which store it came back."))
        return given


class CorrectForm(LookForm):
    """An entry is taken back, and perhaps written down again with the right amount."""

    quantity = AmountField(
        label=_("Right amount"), required=False, help_text=_("Empty: it did not happen at all.")
    )
    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_("Both lines stay in the list, with this reason."),
    )

    def __init__(self, *args: Any, what: MaterialKind | GoodsKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what = what

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["units"] = self._units(given.get("quantity") or "")
        return given

    def _units(self, written: str) -> int | None:
        if isinstance(self.what, MaterialKind):
            return amount_in(self, "quantity", self.what)
        try:
            return read_number(written) if written else None
        except ValueError as fault:
            self.add_error("quantity", str(fault))
            return None
