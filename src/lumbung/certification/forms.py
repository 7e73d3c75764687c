"""What may be typed about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import DayField, LookForm
from lumbung.certification import queries, rules
from lumbung.certification.choices import Covers
from lumbung.certification.models import Scheme
from lumbung.makers.models import Good, Maker
from lumbung.people.models import Person


class SchemeForm(LookForm):
    """A scheme for the whole province."""

    name = forms.CharField(label=_("Name in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    covers = forms.ChoiceField(label=_("Whose certificate is it?"), choices=Covers, widget=forms.RadioSelect)


class SchemeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Schemes by name, with what they are about."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.words} ({obj.get_covers_display()})"


class CertificateForm(LookForm):
    """A certificate of a maker's people or goods."""

    scheme = SchemeField(label=_("Scheme"), queryset=Scheme.objects.none())
    holder = forms.ChoiceField(label=_("Holder"), choices=[])
    number = forms.CharField(label=_("Number"), max_length=60)
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(label=_("Valid until"), required=False, help_text=_("Empty: without an end."))

    def __init__(self, *args: Any, maker: Maker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person:{person.pk}": person for person in queries.people_of(maker)}
        self.goods = {f"good:{good.pk}": good for good in queries.goods_of(maker)}
        scheme, holder = self.fields["scheme"], self.fields["holder"]
        assert isinstance(scheme, SchemeField)
        assert isinstance(holder, forms.ChoiceField)
        scheme.queryset = queries.schemes()
        people = [(key, person.full_name) for key, person in self.people.items()]
        goods = [(key, good.kind.words) for key, good in self.goods.items()]
        holder.choices = [(_("A person's skill"), people), (_("A product"), goods)]

    def clean(self) -> dict[str, Any]:
        """The same rules as the deed, each fault at its field."""
        given = super().clean() or self.cleaned_data
        if {"number", "valid_from", "valid_until"} <= given.keys():
            dates = {name: given[name] for name in ("number", "valid_from", "valid_until")}
            for field, sentence in rules.faults_of_certificate(**dates, today=clock.today()).items():
                self.add_error(field, sentence)
        if {"scheme", "holder"} <= given.keys():
            reason = rules.why_not_holder(given["scheme"].covers, of_person=given["holder"] in self.people)
            if reason:
                self.add_error("holder", reason)
        return given

    @property
    def person(self) -> Person | None:
        return self.people.get(self.cleaned_data["holder"])

    @property
    def good(self) -> Good | None:
        return self.goods.get(self.cleaned_data["holder"])


class RevokeForm(LookForm):
    """Why a certificate no longer counts."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The holder may read it. It cannot be undone.")
    )
