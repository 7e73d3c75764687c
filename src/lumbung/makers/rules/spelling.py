"""One spelling for what people write in several."""

import re
import unicodedata
from functools import lru_cache

from lumbung.places.rules import search_key


def tidy(text: str) -> str:
    """Single spaces, none around."""
    return " ".join(text.split())


def tidy_account(text: str) -> str:
    """An account number as letters and digits only, so that two spellings of one number are equal."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


@lru_cache(maxsize=50_000)
def house_key(house: str) -> str:
    """`RT 02 / No. 14` and `rt 2 no 14` are one house."""
    words = re.findall(r"[a-z]+|[0-9]+", house.casefold())
    return " ".join(str(int(word)) if word.isdigit() else word for word in words)


@lru_cache(maxsize=100_000)
def sort_name(name: str) -> str:
    """How a name is ordered: without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return tidy(re.sub(r"[^a-z0-9]+", " ", plain)) or "~"


def search_text(*parts: str) -> str:
    """The words of a maker's name and place as they sound, each after a space."""
    keys = (search_key(word) for part in parts for word in part.replace("-", " ").split())
    return " " + " ".join(key for key in keys if key)


def search_words(written: str) -> list[str]:
    """The words of a question, as they stand in `search_text`."""
    return search_text(written).split()


def masked(text: str) -> str:
    """All but the last three signs hidden."""
    return "•" * max(0, len(text) - 3) + text[-3:] if text else ""
