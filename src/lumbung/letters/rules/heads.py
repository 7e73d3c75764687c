"""What a letterhead must say."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation import formats


@dataclass(frozen=True)
class NewHead:
    """How an office signs."""

    short_name: str
    name_lines: str
    address: str
    place: str
    signer_name: str
    signer_position: str
    signer_rank: str = ""
    signer_nip: str = ""
    phone: str = ""

    def columns(self) -> dict[str, str]:
        """Tidy, as the row keeps it."""
        return {
            name: "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
            for name, text in asdict(self).items()
        }


NEEDED = ("short_name", "name_lines", "address", "place", "signer_name", "signer_position")


def faults_of_head(head: NewHead, *, starts_on: date, today: date) -> dict[str, str]:
    """What is missing or cannot be, a sentence a field; empty when all is well."""
    written = head.columns()
    faults = {name: _("A letterhead cannot do without it.") for name in NEEDED if not written[name]}
    if starts_on < today:
        faults["starts_on"] = _("It begins today or later: letters of %(day)s have gone out already.") % {
            "day": formats.day_full(starts_on)
        }
    if set("{}/") & set(written["short_name"]):
        faults["short_name"] = _("The short name stands in numbers: no slash and no brace.")
    return faults
