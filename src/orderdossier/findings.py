"""What a verification found: each fault with its kind, its place and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SENTENCES: dict[str, str] = {
    "not_a_dossier": "{place} is not a dossier of this kind.",
    "bytes_changed": "{place} was changed after the dossier was written.",
    "file_missing": "{place} is missing.",
    "file_unlisted": "{place} is not in the list of files.",
    "signature_broken": "The list of files does not agree with its signature.",
    "other_key": "The dossier was signed with another key than the one given.",
    "unreadable": "{place} cannot be understood.",
    "record_missing": "{place}: record {expected} is missing before record {found}.",
    "record_unlinked": "{place}: record {position} does not follow the record before it.",
    "record_changed": "{place}: record {position} was changed after it was written.",
    "chain_end": "{place}: the chain should end at record {length}; it ends at {found}.",
    "seal_differs": "{place}: the heads of the chains do not give the seal.",
    "seal_chain": "{place}: the chain does not agree with the seal.",
    "split_input": "{place}: the inputs are not those of the decision.",
    "split_record": "{place}: no record of the decision names these inputs.",
    "split_amounts": "{place}: computed again, {makers} makers get another amount.",
    "split_broken": "{place}: {rule}.",
    "share_unplanned": "{place}: {quantity} were offered, the plan gives {planned}.",
    "share_bounds": "{place}: {confirmed} confirmed and {released} given back do not fit the {quantity} offered.",
    "share_answer": "{place}: the record of the answer says {recorded}, the share says {confirmed}.",
    "line_over": "{place}: {held} are confirmed, {ordered} were ordered.",
    "made_over": "{place}: {made} were made of a share of {held}.",
    "parts_over": "{place}: {parts} were passed on of a share of {held}.",
    "delivered_over": "{place}: {delivered} were delivered of a share of {held}.",
    "move_below_zero": "{place}: {quantity} leave {state}, where only {there} are.",
    "delivery_sum": "{place}: the states add up to {sum}, {delivered} were delivered.",
    "due_differs": "{place}: {due} rupiah are due, {earned} were earned.",
    "paid_over": "{place}: {paid} rupiah were paid of {due}.",
    "allocated": "{place}: {allocated} of {amount} rupiah are accounted for.",
    "lot_sum": "{place}: {made} pieces are accounted for, the lot has {quantity}.",
    "lot_over": "{place}: {delivered} were delivered of a lot of {quantity}.",
    "complaint_sum": "{place}: {settled} of {quantity} pieces are settled.",
    "points_nowhere": "{place} points at {target}, which is not in the dossier.",
    "letter_differs": "{place}: the file is not the letter that was issued.",
    "total_differs": "{place}: {told} was told, {found} is right.",
}
"""English sentences by kind; a product words the kinds in its own language."""


@dataclass(frozen=True)
class Finding:
    """One fault: what kind, where in the dossier, and the numbers that its sentence names."""

    kind: str
    place: str
    numbers: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(place=self.place, **self.numbers)


@dataclass(frozen=True)
class Report:
    """What was checked and what was wrong.

    order       the order's number
    made_at     when the dossier was written (ISO 8601, UTC)
    office      whose dossier it says it is
    counted     how many of what were looked at: files, records, splits, shares, …
    faults      every fault found, in order of the files
    origin      True when a key was given and signed it, False when another key did, None when none was given
    seal        the seal that binds the records, to be compared with the one kept apart
    """

    order: str
    made_at: str
    office: str
    counted: Mapping[str, int]
    faults: tuple[Finding, ...]
    origin: bool | None
    seal: str = ""

    @property
    def consistent(self) -> bool:
        return not self.faults
