"""What a maker or a captain types when answering: a number, a reason, and always four digits."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from foundation.forms import DigitsField, LookForm, NumberField
from lumbung.orders.choices import DeclineReason
from lumbung.orders.models import Share
from lumbung.orders.queries.kept_back import made_already
from lumbung.orders.rules.answer import smallest_part
from lumbung.orders.rules.wording import unit_of
from lumbung.people.models import Person


class AnswerForm(LookForm):
    """Whoever answers says the four digits, each time, so that nobody else answers by a forwarded link."""

    digits = DigitsField(max_length=40)

    def __init__(self, *args: Any, share: Share, answering: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.share = share
        self.fields["digits"] = DigitsField.asked_of(answering.you)


class AcceptForm(AnswerForm):
    """The whole share: only the digits are asked."""


class PartlyForm(AnswerForm):
    """Less than the share."""

    quantity = NumberField(label=gettext_lazy("Quantity"))
    field_order = ("quantity", "digits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].help_text = _("At least %(least)s, at most %(most)s %(unit)s.") % {
            "least": formats.number(smallest_part(self.share)),
            "most": formats.number(self.share.quantity),
            "unit": unit_of(self.share.line),
        }


class DeclineForm(AnswerForm):
    """Not this time; a reason helps the office and is not asked for."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False, widget=forms.RadioSelect)
    field_order = ("reason", "digits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = DeclineReason.choices


class ReleaseForm(AnswerForm):
    """What is not made yet goes back."""

    quantity = NumberField()
    field_order = ("quantity", "digits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["quantity"]
        field.label = _("How many %(unit)s are not made yet?") % {"unit": unit_of(self.share.line)}
        field.help_text = _("From 1 to %(most)s. These move to other makers.") % {
            "most": formats.number(self.share.held_quantity - made_already(self.share.pk))
        }


class CodeForm(LookForm):
    """The code printed on a sheet, typed by hand."""

    code = forms.CharField(
        label=gettext_lazy("Code on the sheet"),
        help_text=gettext_lazy(
            "Sixteen letters and digits under the picture to scan. Capitals and hyphens do not matter."
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
