"""What an auditor looks at: the newest seal, and what was decided."""

from dataclasses import dataclass

from django.urls import reverse

from lumbung.orders.choices import SplitState
from lumbung.orders.models import Split
from lumbung.people.queries import names_of
from lumbung.records.models import Record, Seal
from lumbung.records.queries import latest_seal

MOST_DECIDED = 10


@dataclass(frozen=True)
class Decided:
    """A decided split with who proposed and who decided it."""

    split: Split
    url: str
    proposed_by: str
    decided_by: str


@dataclass(frozen=True)
class Watch:
    """The newest seal and how many records it does not hold yet; the newest decisions."""

    seal: Seal | None
    unsealed: int
    decided: list[Decided]


def watched() -> Watch:
    seal = latest_seal()
    unsealed = Record.objects.filter(pk__gt=seal.last_record if seal else 0).count()
    return Watch(seal, unsealed, _decided())


def _decided() -> list[Decided]:
    splits = list(
        Split.objects.filter(state=SplitState.DECIDED, parent__isnull=True)
        .defer("snapshot", "certificate", "frontier")
        .select_related("line__order", "line__kind")
        .order_by("-decided_at", "-id")[:MOST_DECIDED]
    )
    names = names_of({key for split in splits for key in (split.proposed_by, split.decided_by)})
    return [
        Decided(
            split,
            reverse("orders:split_number", args=[split.line.order.code, split.line_id, split.number]),
            names.get(split.proposed_by, split.proposed_by),
            names.get(split.decided_by, split.decided_by),
        )
        for split in splits
    ]
