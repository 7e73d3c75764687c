"""What lists can be narrowed by; what cannot be read narrows nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from lumbung.lots.choices import LotState, MovementKind
from lumbung.lots.models import MaterialKind
from lumbung.makers.models import GoodsKind


class _Filter(LookForm):
    def value(self, name: str) -> str:
        if self.is_valid() or hasattr(self, "cleaned_data"):
            return str(self.cleaned_data.get(name) or "")
        return ""


def _materials() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in MaterialKind.objects.order_by("name").values_list("pk", "name")]


class MovementFilter(_Filter):
    text = forms.CharField(label=_("Maker, village or lot"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("What happened"), choices=[("", _("All")), *MovementKind.choices], required=False
    )
    material = forms.ChoiceField(label=_("Material"), required=False)
    sort = forms.ChoiceField(
        label=_("Order of the list"),
        choices=[("", _("Newest first")), ("oldest", _("Oldest first"))],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].choices = [("", _("All")), *_materials()]  # type: ignore[attr-defined]


class AccountFilter(_Filter):
    text = forms.CharField(label=_("Maker or village"), max_length=80, required=False)
    material = forms.ChoiceField(label=_("Material"), required=False)
    only = forms.ChoiceField(
        label=_("Which"),
        choices=[("", _("All")), ("outside", _("Loss above what is stated")), ("open", _("Still open"))],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].choices = [("", _("All")), *_materials()]  # type: ignore[attr-defined]


class LotFilter(_Filter):
    text = forms.CharField(
        label=_("Lot code"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    what = forms.ChoiceField(label=_("Of what"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *LotState.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goods = [(f"goods:{kind.pk}", kind.words) for kind in GoodsKind.objects.order_by("name")]
        materials = [(f"material:{pk}", name) for pk, name in _materials()]
        self.fields["what"].choices = [("", _("All")), *goods, *materials]  # type: ignore[attr-defined]
