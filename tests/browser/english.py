"""English sentences of the source that must not stand on an Indonesian page."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).resolve().parents[2] / "locale" / "id" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\([a-z_0-9]+\)[a-z]|%[a-z%]|<[^>]+>")
TELLING = re.compile(
    r"\b(the|of|and|is|are|with|your|this|that|was|not|have|please|by|from)\b"
    r"|\b(The|And|With|Your|This|That|Not|Please|From)\b"
)
"""Words that Indonesian does not have: they also find what no catalogue knows. A village is called Montong Are."""
SHORTEST = 8


@cache
def english_pieces() -> frozenset[str]:
    """What the source says between its places, unless Indonesian says the same somewhere."""
    with CATALOGUE.open("rb") as lines:
        messages = list(read_po(lines))
    sources, translations = [], []
    for message in messages:
        if message.id:
            sources += [message.id] if isinstance(message.id, str) else list(message.id)
            translations += [message.string] if isinstance(message.string, str) else list(message.string)
    said = "\n".join(_plain(text) for text in translations)
    pieces = {piece.strip(" .,:;") for text in sources for piece in _plain(text).split("\0")}
    return frozenset(piece for piece in pieces if len(piece) >= SHORTEST and piece not in said)


def _plain(text: str) -> str:
    return " ".join(PLACE.sub("\0", text).split())


def english_in(words: str) -> list[str]:
    """The pieces of English that stand in these words."""
    found = [piece for piece in english_pieces() if _stands_in(piece, words)]
    around = [words[max(0, m.start() - 30) : m.end() + 30] for m in TELLING.finditer(words)]
    return sorted(found) + [f"… {part} …" for part in around]


def _stands_in(piece: str, words: str) -> bool:
    at = words.find(piece)
    while at >= 0:
        before, after = words[at - 1 : at], words[at + len(piece) : at + len(piece) + 1]
        if not before.isalpha() and not after.isalpha():
            return True
        at = words.find(piece, at + 1)
    return False
