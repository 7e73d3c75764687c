"""What may be typed about makers."""

from lumbung.makers.forms.entry import ChangeForm, EntryForm, HouseholdForm, OwnerForm, ReviewForm, StateForm
from lumbung.makers.forms.goods import BusyForm, FilterForm, GoodForm, KindForm, NewGoodForm, PlanForm
from lumbung.makers.forms.imports import UploadForm

__all__ = [
    "BusyForm",
    "ChangeForm",
    "EntryForm",
    "FilterForm",
    "GoodForm",
    "HouseholdForm",
    "KindForm",
    "NewGoodForm",
    "OwnerForm",
    "PlanForm",
    "ReviewForm",
    "StateForm",
    "UploadForm",
]
