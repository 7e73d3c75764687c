"""The check of all records: chain by chain, then seal by seal.

Deeds go on while it runs. A chain that seems broken is therefore read once more with its head locked before
anything is said against it; seals look only at records that can no longer move.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import formats
from lumbung.records import rules
from lumbung.records.models import Chain, Record, Seal

LINK_FIELDS = ("id", "subject", "position", "deed", "actor", "at", "content", "previous_hash", "hash")
STEP = 5000


@dataclass(frozen=True)
class Fault:
    """Something in the records that nobody may have done."""

    subject: str
    sentence: str


@dataclass(frozen=True)
class Checked:
    """How far the check has come."""

    done: int
    total: int


def faults() -> Iterator[Fault]:
    """Every changed, removed or inserted row."""
    return (found for found in check() if isinstance(found, Fault))


def check() -> Iterator[Fault | Checked]:
    """Faults as they are found, and now and then how far the check has come (each record is read twice)."""
    total = Record.objects.count() * 2
    done = 0
    for reader in (_chains, _seals):
        for found in reader():
            if isinstance(found, Fault):
                yield found
                continue
            done += found
            yield Checked(min(done, total), total)
    yield Checked(total, total)


def _chains() -> Iterator[Fault | int]:
    """Faults of chains, and how many records were read since the last number."""
    heads: dict[str, tuple[int, str]] = {
        subject: (length, head)
        for subject, length, head in Chain.objects.values_list("subject", "length", "hash").iterator()
    }
    suspects: list[str] = []
    read = 0
    for subject, rows in groupby(_links(), key=lambda link: link.subject):
        length, head = heads.pop(subject, (0, ""))
        links = list(rows)
        if any(rules.what_is_wrong_with_chain(links, length=length, head=head)):
            suspects.append(subject)
        read += len(links)
        if read >= STEP:
            yield read
            read = 0
    suspects += [subject for subject, (length, head) in heads.items() if length or head]
    for subject in sorted(suspects):
        yield from _faults_of(subject)
    yield read


def _links(**wanted: Any) -> Iterator[rules.Link]:
    rows = Record.objects.filter(**wanted).order_by("subject", "position").values_list(*LINK_FIELDS)
    return (rules.Link(*row) for row in rows.iterator(chunk_size=STEP))


def _faults_of(subject: str) -> list[Fault]:
    """What is wrong with one chain while nobody can add to it."""
    with transaction.atomic():
        chain = Chain.objects.select_for_update().filter(subject=subject).first()
        links = list(_links(subject=subject))
    length, head = (chain.length, chain.hash) if chain else (0, "")
    return [
        Fault(subject, sentence)
        for sentence in rules.what_is_wrong_with_chain(links, length=length, head=head)
    ]


def _seals() -> Iterator[Fault | int]:
    """Faults of seals, and how many records were read since the last number."""
    rows = _heads_in_time()
    heads: dict[str, tuple[int, str]] = {}
    row = next(rows, None)
    previous, read = "", 0
    for seal in Seal.objects.order_by("id"):
        while row and row[0] <= seal.last_record:
            _number, subject, position, hash_ = row
            heads[subject] = max(heads.get(subject, (0, "")), (position, hash_))
            row, read = next(rows, None), read + 1
            if read >= STEP:
                yield read
                read = 0
        yield from _faults_of_seal(seal, heads, previous)
        previous = seal.hash
    yield read


def _heads_in_time() -> Iterator[tuple[int, str, int, str]]:
    rows: Iterable[tuple[int, str, int, str]] = (
        Record.objects.order_by("id")
        .values_list("id", "subject", "position", "hash")
        .iterator(chunk_size=STEP)
    )
    return iter(rows)


def _faults_of_seal(seal: Seal, heads: dict[str, tuple[int, str]], previous: str) -> Iterator[Fault]:
    ordered = sorted((subject, length, head) for subject, (length, head) in heads.items())
    count, again = rules.seal_hash(ordered, previous)
    if (count, again) != (seal.chains, seal.hash):
        sentence = _("The records no longer agree with the seal of %(day)s.") % {
            "day": formats.day_full(seal.sealed_at)
        }
        yield Fault("seal", sentence)
