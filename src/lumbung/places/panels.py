"""How the list of records tells that places were loaded."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from lumbung.places import queries
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


@name_keys("places")
def provinces(keys: Collection[str]) -> Mapping[str, str]:
    """`places:51` is called by its province."""
    names = queries.province_names(key.partition(":")[2] for key in keys)
    return {f"places:{code}": name for code, name in names.items()}


@word_deed("places.loaded", gettext_lazy("Places loaded"))
def loaded(told: Told) -> str:
    return _(
        "Places of %(province)s were loaded: %(villages)s villages, %(written)s rows new or changed."
    ) % {
        "province": told.subject,
        "villages": formats.number(told.content["villages"]),
        "written": formats.number(told.content["written"]),
    }


word_fields(
    "places",
    {
        "regencies": gettext_lazy("Regencies and cities"),
        "districts": gettext_lazy("Districts"),
        "villages": gettext_lazy("Villages"),
        "written": gettext_lazy("Rows new or changed"),
        "gone": gettext_lazy("No longer in the decree"),
        "without_point": gettext_lazy("Villages without a point"),
        "decree": gettext_lazy("Decree"),
        "sha256": gettext_lazy("Hash of the tables"),
    },
)
