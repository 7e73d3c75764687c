"""By which way an offer reaches its maker, and the code that is typed where no picture can be scanned."""

from lumbung.orders.choices import SentBy

BLOCK = 4


def way_of(*, phone: str, captain_phone: str | None) -> SentBy:
    """Through the captain of the group, by WhatsApp to the maker, or on paper where nobody has a phone."""
    if captain_phone:
        return SentBy.CAPTAIN
    return SentBy.WHATSAPP if phone else SentBy.SHEET


def code_shown(secret: str) -> str:
    """The secret as it is printed: capitals in blocks of four."""
    blocks = (secret[at : at + BLOCK] for at in range(0, len(secret), BLOCK))
    return "-".join(blocks).upper()
