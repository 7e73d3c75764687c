"""How a record is hashed, and what is wrong with a chain."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _


def canonical(content: Mapping[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces. Only text, whole numbers, truth, lists and maps."""
    _refuse_floats(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("A record holds no floating-point number.")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


def record_hash(
    *, subject: str, position: int, deed: str, actor: str, at: datetime, content: str, previous: str
) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = json.dumps([subject, position, deed, actor, moment, content, previous], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()


def salted_digest(salt: str, value: str) -> str:
    """Stands for a personal value in a record: without the salt it tells nothing."""
    return hmac.new(salt.encode(), value.encode(), hashlib.sha256).hexdigest()


def seal_hash(heads: Iterable[tuple[str, int, str]], previous: str) -> tuple[int, str]:
    """The number of chains and one hash over their heads (subject, length, hash), in order of subject."""
    digest = hashlib.sha256(previous.encode())
    count = 0
    for subject, length, head in heads:
        digest.update(f"\n{subject}\t{length}\t{head}".encode())
        count += 1
    return count, digest.hexdigest()


@dataclass(frozen=True)
class Link:
    """A row of a chain as it stands in the database."""

    id: int
    subject: str
    position: int
    deed: str
    actor: str
    at: datetime
    content: str
    previous_hash: str
    hash: str


def what_is_wrong_with_link(link: Link, *, after: Link | None) -> str | None:
    """The reason why this row cannot follow `after`, as a sentence, or None."""
    expected = 1 if after is None else after.position + 1
    if link.position > expected:
        return _("Record %(expected)s is missing before record %(found)s.") % {
            "expected": expected,
            "found": link.position,
        }
    if link.previous_hash != ("" if after is None else after.hash):
        return _(
            "Record %(position)s does not follow the record before it: something was inserted, removed or changed."
        ) % {"position": link.position}
    again = record_hash(
        subject=link.subject,
        position=link.position,
        deed=link.deed,
        actor=link.actor,
        at=link.at,
        content=link.content,
        previous=link.previous_hash,
    )
    if again != link.hash:
        return _("Record %(position)s was changed after it was written.") % {"position": link.position}
    return None


def what_is_wrong_with_head(*, length: int, head: str, last: Link | None) -> str | None:
    """The reason why a chain does not end where its head says, or None."""
    found = 0 if last is None else last.position
    if length > found:
        return _(
            "The chain ends at record %(found)s; its head says %(length)s: the last records are missing."
        ) % {
            "found": found,
            "length": length,
        }
    if length < found or head != ("" if last is None else last.hash):
        return _("The chain goes on past its head at record %(length)s: something was inserted.") % {
            "length": length
        }
    return None


def what_is_wrong_with_chain(links: Iterable[Link], *, length: int, head: str) -> Iterator[str]:
    """Every reason why these rows are not the chain that its head says, as sentences."""
    last: Link | None = None
    for link in links:
        if wrong := what_is_wrong_with_link(link, after=last):
            yield wrong
        last = link
    if wrong := what_is_wrong_with_head(length=length, head=head, last=last):
        yield wrong
