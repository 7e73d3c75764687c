"""What somebody types who objects, and what is answered; how the list is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DigitsField, LookForm, NumberField, SortField
from foundation.reading import read_phone
from lumbung.objections.choices import ObjectionAbout, ObjectionOutcome, ObjectionState
from lumbung.objections.queries.objections import LATE, NEWEST, OPEN
from lumbung.objections.rules import objections as rules
from lumbung.people.models import Person

STATES = [
    ("", _("All")),
    (OPEN, _("Waiting for an answer")),
    (LATE, _("Past its day")),
    (ObjectionState.ANSWERED, _("Answered")),
    (ObjectionState.CLOSED, _("Answered a second time")),
    (ObjectionState.WITHDRAWN, _("Taken back")),
]


class _Words(forms.CharField):
    """A sentence or more of the own, with a floor and a ceiling that speak."""

    widget = forms.Textarea({"rows": 5})

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if reason := rules.why_not_words(words):
            raise forms.ValidationError(reason)
        return words


class ObjectionForm(LookForm):
    """About what, and what is not right."""

    about = forms.ChoiceField(
        label=_("What is it about?"), choices=ObjectionAbout.choices, widget=forms.RadioSelect
    )
    words = _Words(
        label=_("What is not right?"),
        help_text=_("In your own words, short. Only the office reads this; it is never shown in public."),
        strip=True,
    )


class VisitorForm(ObjectionForm):
    """From the public page: who it is, and where the answer goes."""

    maker_typed = forms.CharField(
        label=_("Your workshop or village"),
        max_length=160,
        required=False,
        help_text=_("Write it when it is about your own share."),
    )
    full_name = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("WhatsApp number"),
        max_length=30,
        help_text=_("The answer comes there. Nobody outside the office sees it."),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        try:
            return read_phone(self.cleaned_data["phone"])
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None


class _ByLink(LookForm):
    """Sent by a link: the four digits come last."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["digits"] = DigitsField.asked_of(person.you)


class MakerForm(_ByLink, ObjectionForm):
    """From a maker's own link: who it is stands already."""

    field_order = ("about", "words")


class ReplyForm(_ByLink):
    """One more word after the first answer."""

    words = _Words(
        label=_("What is still not right?"), help_text=_("Somebody else than before reads it and answers.")
    )


class WithdrawForm(_ByLink):
    """Only the digits are asked."""


class AnswerForm(LookForm):
    """The office's answer: how it ends, why, what was changed, and the words for everybody."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=ObjectionOutcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 6}),
        max_length=4_000,
        help_text=_("The objector reads it. Name the rule and the numbers; say what would change it."),
    )
    changed = forms.CharField(
        label=_("What was changed"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1_000,
        required=False,
        help_text=_("An entry in the register, a share, a rule for the next order. Empty when nothing was."),
    )
    record = NumberField(
        label=_("Number of the record"),
        min_value=1,
        max_value=10**15,
        required=False,
        help_text=_("From the list of records, when something was changed."),
    )
    public_words = forms.CharField(
        label=_("The answer for everybody"),
        widget=forms.Textarea({"rows": 4}),
        max_length=1_500,
        help_text=_("Stands on the order's public page. No name, no workshop, no phone number."),
    )
    looked = forms.BooleanField(
        label=_("I have read it again: it tells nobody who is meant."), required=False
    )

    def clean_reason(self) -> str:
        if reason := rules.why_not_reason(self.cleaned_data["reason"]):
            raise forms.ValidationError(reason)
        return str(self.cleaned_data["reason"])


class ObjectionFilter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    q = forms.CharField(label=_("Number or order"), max_length=80, required=False)
    about = forms.ChoiceField(
        label=_("About"), choices=[("", _("All")), *ObjectionAbout.choices], required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    sort = SortField([(NEWEST, _("Newest first")), ("due", _("Last day"))])

    def value(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def is_narrowed(self) -> bool:
        return any(self.value(name) for name in ("q", "about", "state"))
