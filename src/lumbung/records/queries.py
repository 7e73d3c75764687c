from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from lumbung.records import rules
from lumbung.records.models import Chain, Pending, Record, Seal

LINK_FIELDS = ("id", "subject", "position", "deed", "actor", "at", "content", "previous_hash", "hash")


@dataclass(frozen=True)
class Fault:
    """Something in the records that nobody may have done."""

    subject: str
    sentence: str


def records_about(subject: str) -> QuerySet[Record]:
    """One subject's records, newest first."""
    return Record.objects.filter(subject=subject)


def latest_records(*, before: int | None = None) -> QuerySet[Record]:
    """All records, newest first, from below a record's number on (keyset paging)."""
    found = Record.objects.all()
    return found.filter(id__lt=before) if before else found


def latest_seal() -> Seal | None:
    return Seal.objects.first()


def heads_at(last_record: int) -> list[tuple[str, int, str]]:
    """The head (subject, length, hash) of every chain as it was when `last_record` was the newest."""
    newest = Record.objects.filter(id__lte=last_record).values("subject").annotate(head=Max("position"))
    by_subject = {row["subject"]: row["head"] for row in newest.iterator()}
    rows = Record.objects.filter(id__lte=last_record).values_list("subject", "position", "hash").iterator()
    return sorted((s, p, h) for s, p, h in rows if by_subject[s] == p)


def faults() -> Iterator[Fault]:
    """Every changed, removed or inserted row, chain by chain, then seal by seal."""
    yield from _chain_faults()
    yield from _seal_faults()


def _chain_faults() -> Iterator[Fault]:
    heads = {c.subject: c for c in Chain.objects.all().iterator()}
    rows = Record.objects.order_by("subject", "position").values_list(*LINK_FIELDS).iterator(chunk_size=5000)
    last: dict[str, rules.Link] = {}
    for row in rows:
        link = rules.Link(*row)
        wrong = rules.what_is_wrong_with_link(link, after=last.get(link.subject))
        if wrong:
            yield Fault(link.subject, wrong)
        last[link.subject] = link
    for subject in sorted(heads.keys() | last.keys()):
        head = heads.get(subject)
        wrong = rules.what_is_wrong_with_head(
            length=head.length if head else 0, head=head.hash if head else "", last=last.get(subject)
        )
        if wrong:
            yield Fault(subject, wrong)


def _seal_faults() -> Iterator[Fault]:
    previous = ""
    for seal in Seal.objects.order_by("id"):
        count, again = rules.seal_hash(heads_at(seal.last_record), previous)
        if again != seal.hash or count != seal.chains:
            sentence = _("The records no longer agree with the seal of %(day)s.") % {"day": f"{seal.sealed_at:%Y-%m-%d}"}
            yield Fault("seal", sentence)
        previous = seal.hash


def open_deliveries() -> QuerySet[Pending]:
    """What receivers have still to hear, oldest first."""
    return Pending.objects.filter(delivered_at__isnull=True).select_related("record").order_by("id")


def failed_deliveries() -> QuerySet[Pending]:
    return open_deliveries().exclude(failure="")
