"""The collection points of an order: rows that come and go by submit buttons, and what was typed stays."""

import re
from typing import Any, Self, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm, SearchedField
from lumbung.orders.models import Order
from lumbung.places.models import Village
from lumbung.places.queries import VILLAGE_SEARCH

MOST_POINTS = 30


class Unjudged(LookForm):
    """A form that can show again what was typed without finding fault with it."""

    is_judged = True

    def unjudged(self) -> Self:
        self._errors = ErrorDict()
        self.is_judged = False
        return self


class PointForm(Unjudged):
    """Where makers bring their pieces."""

    name = forms.CharField(label=_("Name of the place"), max_length=120)
    village = SearchedField(VILLAGE_SEARCH, label=_("Its village"))


class Points(BaseFormSet):  # type: ignore[type-arg]
    """Collection points; rows come and go by submit buttons, and what was typed stays."""

    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "too_few_forms": _("At least one collection point is needed."),
        "too_many_forms": _("Too many collection points: at most %(num)d."),
    }

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        """Rows whose count cannot be read are counted by their names: nothing typed is lost."""
        super().__init__(data if data is None else _counted(data, kwargs["prefix"]), **kwargs)

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            village = form.cleaned_data.get("village") if form.is_valid() else None
            if village and village.pk in seen:
                form.add_error("village", _("This village has a collection point already."))
            elif village:
                seen.add(village.pk)

    def places(self) -> list[tuple[str, Village]]:
        return [(form.cleaned_data["name"], form.cleaned_data["village"]) for form in self.forms]

    def unjudged(self) -> Self:
        for form in self.forms:
            form.unjudged()
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()
        return self


PointForms = cast(
    type[Points],
    formset_factory(
        PointForm,
        formset=Points,
        extra=0,
        min_num=1,
        max_num=MOST_POINTS,
        validate_min=True,
        validate_max=True,
    ),
)


def _counted(sent: QueryDict, prefix: str) -> QueryDict:
    data = sent.copy()
    if not str(sent.get(f"{prefix}-TOTAL_FORMS", "")).isdecimal():
        rows = [int(found[1]) for name in sent if (found := re.fullmatch(rf"{prefix}-(\d{{1,3}})-\w+", name))]
        data[f"{prefix}-TOTAL_FORMS"] = str(max(rows, default=0) + 1)
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    return data


def with_row_added(sent: QueryDict, prefix: str) -> QueryDict:
    """The sent form with one more empty collection point."""
    data = sent.copy()
    data[f"{prefix}-TOTAL_FORMS"] = str(min(_total(sent, prefix) + 1, MOST_POINTS))
    return data


def with_row_removed(sent: QueryDict, prefix: str, row: int) -> QueryDict:
    """The sent form without this row; those behind it move up. The last one stays."""
    data, total = sent.copy(), _total(sent, prefix)
    if total <= 1 or not 0 <= row < total:
        return data
    for place in range(row, total):
        for name in [key for key in sent if key.startswith(f"{prefix}-{place}-")]:
            data.pop(name, None)
            if place > row:
                data[name.replace(f"-{place}-", f"-{place - 1}-", 1)] = str(sent[name])
    data[f"{prefix}-TOTAL_FORMS"] = str(total - 1)
    return data


def _total(sent: QueryDict, prefix: str) -> int:
    written = str(sent.get(f"{prefix}-TOTAL_FORMS", ""))
    return int(written) if written.isdecimal() and len(written) < 4 else 1


def points_of(order: Order) -> list[dict[str, Any]]:
    rows = order.collection_points.select_related("village__district__regency")
    return [{"name": point.name, "village": point.village} for point in rows]
