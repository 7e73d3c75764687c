"""The letters: each file is the one that was issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orderdossier.findings import Finding


def check(letters: Sequence[Mapping[str, Any]], parts: Mapping[str, bytes]) -> Iterator[Finding]:
    """Every letter of data/letters.json whose file is missing or another one."""
    for letter in letters:
        content = parts.get(letter["path"])
        if content is None:
            yield Finding("file_missing", letter["path"])
        elif hashlib.sha256(content).hexdigest() != letter["sha256"]:
            yield Finding("letter_differs", letter["path"])
