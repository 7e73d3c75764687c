"""Which records there are."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet, Subquery

from foundation import clock
from lumbung.records.models import Chain, Pending, Record, Seal


@dataclass(frozen=True)
class Wanted:
    """Which records somebody looks for; empty means all."""

    subject: str = ""
    deed: str = ""
    actor: str = ""
    day: date | None = None


def records_about(subject: str) -> QuerySet[Record]:
    """One subject's records, newest first."""
    return Record.objects.filter(subject=subject)


def records_wanted(wanted: Wanted) -> QuerySet[Record]:
    """The records that fit, newest first."""
    given = {"subject": wanted.subject, "deed": wanted.deed, "actor": wanted.actor}
    found = Record.objects.filter(**{name: value for name, value in given.items() if value})
    if wanted.day:
        found = found.filter(at__gte=clock.start_of(wanted.day), at__lt=clock.end_of(wanted.day))
    return (
        found.order_by("-position") if wanted.subject else found
    )  # one chain: the same order, by its own index


def newest_record() -> int:
    """The number of the last record: while it stays the same, no deed was done."""
    return Record.objects.order_by("-id").values_list("id", flat=True).first() or 0


def subjects_told(subjects: Collection[str]) -> set[str]:
    """Those among the subjects of whom some record tells."""
    every = sorted(subjects)
    parts = (every[start : start + 900] for start in range(0, len(every), 900))
    return {
        subject
        for part in parts
        for subject in Chain.objects.filter(subject__in=part).values_list("subject", flat=True)
    }


def newest_of(deeds: Iterable[str]) -> str:
    """A text that changes whenever one of these deeds is recorded: what was computed under it still holds.

    One query, each deed looked up at the end of its index.
    """
    names = {f"newest_{place}": deed for place, deed in enumerate(sorted(deeds))}
    looked_up = {
        name: Subquery(Record.objects.filter(deed=deed).order_by("-id").values("hash")[:1])
        for name, deed in names.items()
    }
    row = Record.objects.order_by("-id").annotate(**looked_up).values_list(*names).first()
    return hashlib.sha256("|".join(str(found) for found in row or ()).encode()).hexdigest()[:24]


def latest_seal() -> Seal | None:
    return Seal.objects.first()


def seal_over(record: Record) -> Seal | None:
    """The first seal that holds this record; None while it is too new for one."""
    return Seal.objects.filter(last_record__gte=record.pk).order_by("id").first()


def heads_at(last_record: int) -> list[tuple[str, int, str]]:
    """The head (subject, length, hash) of every chain as it was when `last_record` was the newest."""
    newest = Record.objects.filter(id__lte=last_record).values("subject").annotate(head=Max("position"))
    by_subject = {row["subject"]: row["head"] for row in newest.iterator()}
    rows = Record.objects.filter(id__lte=last_record).values_list("subject", "position", "hash").iterator()
    return sorted((s, p, h) for s, p, h in rows if by_subject[s] == p)


def open_deliveries() -> QuerySet[Pending]:
    """What receivers have still to hear, oldest first."""
    return Pending.objects.filter(delivered_at__isnull=True).select_related("record").order_by("id")


def failed_deliveries() -> QuerySet[Pending]:
    return open_deliveries().exclude(failure="")
