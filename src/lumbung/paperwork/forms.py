"""What the list of letters is narrowed by, why letters are renewed, and how they come about."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from lumbung.letters.choices import LetterKind
from lumbung.letters.rules.issuing import LONGEST_REASON
from lumbung.paperwork.choices import KINDS, ComesAbout, PaperState


class PaperFilter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    q = forms.CharField(label=_("Maker"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *PaperState.choices], required=False)

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name, "") if self.is_valid() or hasattr(self, "cleaned_data") else ""


class RenewForm(LookForm):
    reason = forms.CharField(
        label=_("Why the letters are voided"),
        help_text=_("Stands with each voided letter; whoever checks one reads that it is voided."),
        max_length=LONGEST_REASON,
    )


class HabitForm(LookForm):
    """One choice for each kind; for an order also to leave it as for every order."""

    def __init__(self, *args: Any, standing: Mapping[str, str], for_order: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [way for way in ComesAbout if for_order or way != ComesAbout.USUAL]
        for kind in KINDS:
            self.fields[str(kind)] = forms.ChoiceField(
                label=kind.label,
                choices=[(way.value, way.label) for way in ways],
                initial=standing.get(kind, ways[0] if for_order else ComesAbout.BY_HAND),
            )

    def ways(self) -> Iterable[tuple[LetterKind, ComesAbout]]:
        return [(kind, ComesAbout(self.cleaned_data[str(kind)])) for kind in KINDS]
