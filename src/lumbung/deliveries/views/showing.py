"""Deliveries as pages show them: the cloth, the inspections, the entries."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from lumbung.deliveries import queries, rules
from lumbung.deliveries.choices import BUCKETS, Pieces, Verdict
from lumbung.deliveries.models import Delivery, Finding, Inspection, Move
from lumbung.files.models import Attachment

WIDTH = 1000
"""Of the cloth, in its own measure."""


@dataclass(frozen=True)
class Bucket:
    """Pieces in one place: their part of the cloth, from where and how wide."""

    place: str
    look: str
    words: str
    count: int
    start: int
    width: int
    url: str


@dataclass(frozen=True)
class FindingShown:
    finding: Finding
    photos: list[tuple[Attachment, str]]


@dataclass(frozen=True)
class InspectionShown:
    """An inspection with its plan in words, who did it, and what was found."""

    inspection: Inspection
    plan: str
    by: str
    verdict: str
    findings: list[FindingShown]


def picture_of(delivery: Delivery, *, linked: bool = True) -> list[Bucket]:
    """The five places from left to right; widths are rounded down, and the last that has any takes the rest."""
    whole = max(1, delivery.delivered_quantity)
    counts = [(place, delivery.count_of(place)) for place in BUCKETS]
    last = max((at for at, (_place, count) in enumerate(counts) if count), default=-1)
    found, start = [], 0
    for at, (place, count) in enumerate(counts):
        width = WIDTH - start if at == last else count * WIDTH // whole
        url = f"{reverse('deliveries:detail', args=[delivery.code])}?tempat={place}#entries" if linked else ""
        found.append(Bucket(str(place), rules.LOOKS[place], str(place.label), count, start, width, url))
        start += width
    return found


def _photo_address(photo: Attachment) -> str:
    return reverse("deliveries:photo", args=[photo.pk])


def shown_inspections(
    deliveries: Sequence[Delivery], *, address: Callable[[Attachment], str] = _photo_address
) -> dict[int, list[InspectionShown]]:
    """The inspections of deliveries that were done, in a bounded number of queries."""
    inspections = list(queries.inspections_of(deliveries))
    names = queries.names_behind([each.closed_by for each in inspections])
    findings = [finding for each in inspections for finding in each.findings.all()]
    photos = queries.photos_of([], findings)
    shown: dict[int, list[InspectionShown]] = defaultdict(list)
    for each in inspections:
        told = [
            FindingShown(finding, [(photo, address(photo)) for photo in photos[finding.key]])
            for finding in each.findings.all()
        ]
        plan = rules.plan_kept(each)
        shown[each.delivery_id].append(
            InspectionShown(
                each,
                rules.plan_sentence(plan),
                names.get(each.closed_by, ""),
                str(Verdict(each.verdict).label),
                told,
            )
        )
    return shown


@dataclass(frozen=True)
class MoveShown:
    move: Move
    by: str
    from_words: str
    to_words: str
    can_be_corrected: bool


def shown_moves(delivery: Delivery, place: str = "") -> list[MoveShown]:
    """Every entry of a delivery, or those of one place; what each says stands for itself."""
    moves = list(queries.moves_of(delivery, place))
    names = queries.names_behind([move.made_by for move in moves])
    return [
        MoveShown(
            move,
            names.get(move.made_by, ""),
            str(Pieces(move.from_place).label),
            str(Pieces(move.to_place).label),
            move.corrects_id is None and Pieces.MAKER not in (move.from_place, move.to_place),
        )
        for move in moves
    ]
