"""Sample figures for the page that shows the look; the numbers of the pictures."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from foundation.forms import LookForm, NumberField
from foundation.states import STATES

COLOURS = (
    ("beras", "#faf8f2"),
    ("beras-tua", "#f0ece0"),
    ("garis", "#d5cebb"),
    ("tarum", "#1c2150"),
    ("tarum-2", "#2c3a8a"),
    ("mengkudu", "#97291f"),
    ("kunyit", "#e0a526"),
    ("daun", "#285e37"),
)
SHARE = ("offered", "accepted", "partly", "declined", "lapsed", "working", "delivered", "inspected", "paid")
ORDER = ("draft", "published", "offered", "full", "working", "done", "cancelled")
PIECES = ("unchecked", "passed", "rework", "rejected")
PAPER = ("valid", "expiring", "expired", "revoked")
LETTER = ("issued", "voided")
LIGHT = ("available", "exhausted")
ROWS = (
    ("Sahnim", 1, "Contoh Daya", "Kec. Utara, Kab. Contoh", 693, "accepted"),
    (
        "Kelompok Jahit Beriuk Maju Selendang Kuning",
        12,
        "Contoh Selatan",
        "Kec. Pusat, Kab. Contoh",
        8316,
        "partly",
    ),
    ("Muhammad Zainuddin", 1, "Contoh Pesiraman", "Kec. Pusat, Kab. Contoh", 640, "offered"),
    ("Baiq Nurhayati", 1, "Contoh Pantai", "Kec. Selatan, Kab. Contoh", 693, "paid"),
    ("Konveksi Tiga Saudara", 1, "Contoh Jaya", "Kec. Kota, Kota Contoh", 693, "lapsed"),
)
PRICE = 3400
BUDGETS = (
    (0, 5520, 642, 3_490_154_586, 6960),
    (25, 1728, 769, 3_498_879_972, 6550),
    (50, 1349, 887, 3_507_605_358, 6190),
    (75, 1134, 1014, 3_516_330_745, 5780),
    (100, 990, 1133, 3_525_056_131, 5400),
    (150, 805, 1350, 3_542_506_904, 4730),
    (200, 693, 1542, 3_559_951_678, 4170),
    (300, 565, 1871, 3_594_859_223, 3230),
    (400, 504, 2086, 3_629_000_000, 2640),
    (500, 499, 2110, 3_634_000_000, 2570),
)
CHOSEN_BP = 200


@dataclass(frozen=True)
class Point:
    budget_bp: int
    largest_share: int
    makers: int
    cost_rupiah: int
    gini_bp: int
    chosen: bool
    beyond_limit: bool
    url: str = ""


class Answer(LookForm):
    """The form of the picture, with two things to put right."""

    quantity = NumberField(
        label=_("How many pieces can you make?"),
        help_text=_("At least 40, at most 693."),
        min_value=40,
        max_value=693,
    )
    phone = forms.CharField(
        label=_("Last four digits of your phone number"),
        help_text=_("So that nobody else answers for you."),
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        choices=[
            ("busy", _("Many orders at the moment")),
            ("material", _("No material yet")),
            ("family", _("A family occasion")),
        ],
        error_messages={"required": _("Choose a reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].size = "short"  # type: ignore[attr-defined]


def budgets() -> list[Point]:
    return [Point(*row, chosen=row[0] == CHOSEN_BP, beyond_limit=row[0] > CHOSEN_BP) for row in BUDGETS]


def _falling(makers: int, total: int) -> list[int]:
    """Shares that fall like one over the rank, and what is left over spread evenly."""
    shares = [640 + 4880 * 44 // (44 + rank) for rank in range(makers)]
    spare = (total - sum(shares)) // makers
    return [shares[0], *(share + spare for share in shares[1:])]


def everything() -> dict[str, Any]:
    chosen = [693] * 1103 + [690 - rank * 306 // 438 for rank in range(439)]
    return {
        "colours": COLOURS,
        "share_states": [(key, STATES[key]) for key in SHARE],
        "other_states": [
            (_("Order"), ORDER),
            (_("Inspected pieces"), PIECES),
            (_("Certificate"), PAPER),
            (_("Letter"), LETTER),
            (_("Quota light"), LIGHT),
            (_("Waiting on this phone"), ("kept", "to_mend")),
        ],
        "steps": [
            pgettext("step", "Order"),
            pgettext("step", "Eligibility"),
            pgettext("step", "Split"),
            pgettext("step", "Decision"),
            pgettext("step", "Offers"),
            pgettext("step", "Making"),
        ],
        "rows": [(*row[:5], row[4] * PRICE, row[5]) for row in ROWS],
        "budgets": budgets(),
        "cheapest": _falling(642, 1_000_000),
        "chosen": chosen,
    }
