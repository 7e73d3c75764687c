"""Complaints: who sees them, the list, and the trace from the buyer back to households and material."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.db.models.functions import Length

from foundation import clock
from foundation.paging import Page, page_of
from lumbung.complaints.models import Complaint
from lumbung.deliveries.models import Delivery
from lumbung.lots.models import Lot, LotMaker
from lumbung.lots.queries.lots import lots_of, with_makers
from lumbung.lots.queries.tracing import makers_behind, origin_of
from lumbung.money.models import Due
from lumbung.organisations.queries import has_role
from lumbung.people.choices import Auditor, Decider, Inspector, LinkPurpose, Officer, Treasurer
from lumbung.people.models import Link, Person
from lumbung.people.queries import link_for

ROWS = 25
MOST_TRACED = 50
OPEN, LATE, CLOSED = "open", "late", "closed"
WITH_ALL = (
    "person",
    "lot__goods",
    "lot__material",
    "lot__recall",
    "delivery__share__line__order__buyer",
    "delivery__share__maker__party",
    "order__buyer",
)


def may_read_complaints(person: object) -> bool:
    return has_role(person, Officer, Decider, Inspector, Treasurer, Auditor)


def may_settle(person: object) -> bool:
    """Who writes down, answers, settles, recalls and closes; of a due only an officer or the head decides."""
    return has_role(person, Officer, Decider)


def complaints_seen_by(person: object) -> QuerySet[Complaint]:
    """The office sees every complaint; others follow their own by link."""
    every = Complaint.objects.select_related(*WITH_ALL)
    return every if may_read_complaints(person) else every.none()


def locked_complaint(pk: int) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).select_related("person", "lot").get(pk=pk)


def last_code(prefix: str) -> str | None:
    codes = Complaint.objects.filter(code__startswith=prefix).order_by(Length("code").desc(), "-code")
    return codes.values_list("code", flat=True).first()


def open_by_phone(phone: str) -> int:
    return Complaint.objects.filter(person__phone=phone, closed_at__isnull=True).count() if phone else 0


def open_complaints() -> QuerySet[Complaint]:
    """Not closed, the first due on top."""
    return Complaint.objects.filter(closed_at__isnull=True).select_related("person").order_by("due_on", "pk")


def unanswered() -> QuerySet[Complaint]:
    return open_complaints().filter(answered_at__isnull=True)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among complaints."""

    text: str = ""
    state: str = ""
    newest: bool = False


def found_among(complaints: QuerySet[Complaint], wanted: Wanted) -> QuerySet[Complaint]:
    if wanted.state in (OPEN, CLOSED):
        complaints = complaints.filter(closed_at__isnull=wanted.state == OPEN)
    elif wanted.state == LATE:
        complaints = complaints.filter(
            closed_at__isnull=True, answered_at__isnull=True, due_on__lt=clock.today()
        )
    text = wanted.text.strip()
    if text.upper().startswith("KLH-"):
        return complaints.filter(code__startswith=text.upper())
    return complaints.filter(words__icontains=text) if text else complaints


def complaint_page(
    complaints: QuerySet[Complaint], wanted: Wanted, *, after: str, before: str
) -> Page[Complaint]:
    by = ("-pk",) if wanted.newest else ("due_on", "pk")
    return page_of(found_among(complaints, wanted), by=by, after=after, before=before, size=ROWS)


def exported(complaints: QuerySet[Complaint], wanted: Wanted) -> Iterator[Complaint]:
    return found_among(complaints, wanted).order_by("due_on", "pk").iterator(chunk_size=500)


@dataclass(frozen=True)
class Trace:
    """From who received the goods back to who made them, and of what."""

    deliveries: list[Delivery] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    made_by: list[LotMaker] = field(default_factory=list)
    material: list[Lot] = field(default_factory=list)
    is_cut: bool = False


def trace_of(complaint: Complaint) -> Trace:
    """Deliveries, then lots, then the households behind them, then the material in them."""
    deliveries = _deliveries(complaint)
    lots = _lots(complaint, deliveries)
    behind, is_cut = {lot.pk: lot for lot in lots}, False
    for lot in lots:
        origin = origin_of(lot)
        is_cut |= origin.is_cut
        behind |= {each.pk: each for each in origin.lots}
    goods = [lot for lot in behind.values() if lot.goods_id]
    return Trace(
        deliveries,
        goods,
        makers_behind([lot.pk for lot in goods]),
        [lot for lot in behind.values() if lot.material_id],
        is_cut,
    )


def _deliveries(complaint: Complaint) -> list[Delivery]:
    found = Delivery.objects.select_related(
        "share__line__order__buyer", "share__line__kind", "share__maker__party", "share__maker__village"
    ).order_by("pk")
    if complaint.delivery_id:
        return list(found.filter(pk=complaint.delivery_id))
    if complaint.lot:
        return list(found.filter(lot_key__in=[complaint.lot.key, complaint.lot.code])[:MOST_TRACED])
    return list(found.filter(share__line__order=complaint.order_id)[:MOST_TRACED])


def _lots(complaint: Complaint, deliveries: list[Delivery]) -> list[Lot]:
    if complaint.lot_id:
        return list(with_makers(Lot.objects.filter(pk=complaint.lot_id)))
    numbers = [d.lot_key[4:] for d in deliveries if d.lot_key.startswith("lot:")]
    named = with_makers(Lot.objects.filter(pk__in=[int(n) for n in numbers if n.isdecimal()]))
    found = {lot.pk: lot for lot in named}
    found |= {lot.pk: lot for lot in lots_of([d.share.key for d in deliveries])[:MOST_TRACED]}
    return list(found.values())


def dues_behind(complaint: Complaint) -> list[Due]:
    """What the makers of the traced deliveries earned: entries that an officer may correct with a reason."""
    shares = {delivery.share.key for delivery in _deliveries(complaint)}
    return list(Due.objects.filter(share__in=shares, kind="earned").order_by("pk")[:MOST_TRACED])


def link_to_complaint(secret: str) -> tuple[Link | None, Complaint | None]:
    link = link_for(secret, LinkPurpose.COMPLAINT)
    if link is None:
        return None, None
    code = link.subject.removeprefix("complaint:")
    return link, Complaint.objects.select_related(*WITH_ALL).filter(code=code).first()


def able_to_close(complaint: Complaint, person: Person) -> bool:
    return may_settle(person) and complaint.received_by != person.key
