"""How lists are narrowed; what a maker says about a number; what an officer decides and answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import DigitsField, LookForm
from lumbung.makers.models import GoodsKind
from lumbung.people.models import Person
from lumbung.scorecards.choices import FlagDecision, FlagKind, Measure, RemarkOutcome
from lumbung.scorecards.queries.idle import HISTORIES
from lumbung.scorecards.queries.watch import DECIDED, OPEN

OLDEST, NEWEST = "oldest", "newest"
SORTS = [(OLDEST, _("Oldest first")), (NEWEST, _("Newest first"))]


class _Filter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    text = forms.CharField(label=_("Maker"), max_length=80, required=False)

    def value(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def is_newest_first(self) -> bool:
        return self.value("sort") == NEWEST

    @property
    def is_narrowed(self) -> bool:
        return any(self.value(name) for name in self.fields if name != "sort")


class RecordFilter(_Filter):
    kind = forms.ChoiceField(label=_("Kind of goods"), required=False)
    sort = forms.ChoiceField(
        label=pgettext_lazy("list", "In which order"),
        choices=[(OLDEST, _("First registered")), (NEWEST, _("Last registered"))],
        required=False,
    )

    def __init__(self, *args: Any, kinds: Iterable[GoodsKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *((kind.pk, kind.words) for kind in kinds)]


class FlagFilter(_Filter):
    kind = forms.ChoiceField(
        label=_("What was found"), choices=[("", _("All")), *FlagKind.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), (OPEN, _("To be decided")), (DECIDED, _("Decided"))],
        required=False,
    )
    sort = forms.ChoiceField(label=pgettext_lazy("list", "In which order"), choices=SORTS, required=False)


class RemarkFilter(_Filter):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), (OPEN, _("To be answered")), (DECIDED, _("Answered"))],
        required=False,
    )
    sort = forms.ChoiceField(label=pgettext_lazy("list", "In which order"), choices=SORTS, required=False)


class IdleFilter(_Filter):
    history = forms.ChoiceField(label=_("Work"), choices=HISTORIES, required=False)
    sort = forms.ChoiceField(
        label=pgettext_lazy("list", "In which order"),
        choices=[(OLDEST, _("First registered")), (NEWEST, _("Last registered"))],
        required=False,
    )


class DecisionForm(LookForm):
    """What somebody found who looked."""

    decision = forms.ChoiceField(
        label=_("What is to it?"), choices=FlagDecision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What you saw or were told. It stays beside the numbers."),
    )


class RemarkForm(LookForm):
    """Which number is not right, and why."""

    kind = forms.ChoiceField(label=_("Kind of goods"))
    about = forms.ChoiceField(label=_("Which number?"), choices=Measure.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is not right?"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In your own words, short. It stands beside the number for everybody who reads it."),
    )

    def __init__(self, *args: Any, kinds: Iterable[GoodsKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.pk, kind.words) for kind in kinds]


class RemarkByLinkForm(RemarkForm):
    """The same by link: the four digits come last."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["digits"] = DigitsField.asked_of(person.you)


class ReadByLinkForm(LookForm):
    """Only the digits are asked."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["digits"] = DigitsField.asked_of(person.you)


class AnswerForm(LookForm):
    """What the office answers to a remark."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=RemarkOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The maker reads it beside the number."),
    )
