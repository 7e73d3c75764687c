"""What the ledger can be narrowed by, and what puts a village on the list of priority villages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm, SearchedField
from lumbung.makers.models import GoodsKind
from lumbung.orders.rules.wording import kind_name
from lumbung.places.models import Regency
from lumbung.places.queries import VILLAGE_SEARCH


class LedgerFilter(LookForm):
    """Of which goods, and for the office: whom."""

    kind = forms.ChoiceField(label=_("Goods"), required=False)
    regency = forms.ChoiceField(label=_("Regency"), required=False)
    text = forms.CharField(label=_("Maker or village"), max_length=80, required=False)

    def __init__(self, *args: Any, kinds: list[GoodsKind], by_maker: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.pk, kind_name(kind)) for kind in kinds]  # type: ignore[attr-defined]
        if by_maker:
            names = Regency.objects.order_by("code").values_list("code", "short_name")
            self.fields["regency"].choices = [("", _("All")), *names]  # type: ignore[attr-defined]
        else:
            del self.fields["regency"], self.fields["text"]


class PriorityForm(LookForm):
    village = SearchedField(
        VILLAGE_SEARCH, label=_("Village"), help_text=_("Its name; after a comma its district.")
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        help_text=_("The decree or the data that says so, with number and date. Everybody reads it."),
    )
