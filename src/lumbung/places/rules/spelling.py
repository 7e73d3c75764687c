"""Names of places are spelled in several ways: k or q at the end, an e that is written or not."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_SOUNDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("q", "k"),
    ("v", "f"),
    ("z", "j"),
    ("y", "i"),
    ("h", ""),
)
_NOT_A_NAME = re.compile(r"\b(desa|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota)\b\.?")
_SILENT_E = re.compile(r"(?<=[^aeiou])e(?=[rl][aiou])")
_LAST_VOWEL = re.compile(r"e\b")


def search_key(name: str) -> str:
    """What names that sound alike have in common: compared, never shown."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = _NOT_A_NAME.sub(" ", plain) if _NOT_A_NAME.sub("", plain).strip() else plain
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    key = _LAST_VOWEL.sub("a", _SILENT_E.sub("", key))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z0-9]", "", key))


def nearest_spellings(key: str, known: Iterable[str], limit: int = 8) -> list[str]:
    """The known keys that differ from `key` by a slip or two, nearest first."""
    return get_close_matches(key, set(known), n=limit, cutoff=0.78)
