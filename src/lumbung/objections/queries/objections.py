"""Objections: who sees them, who may answer, how many there are, and what everybody may read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from foundation import clock
from foundation.paging import Order as Columns
from foundation.paging import Page, page_of
from lumbung.makers.models import Maker
from lumbung.objections.choices import OPEN_OBJECTIONS, ObjectionAbout, ObjectionOutcome, ObjectionState
from lumbung.objections.models import Objection, ObjectionAnswer
from lumbung.objections.rules import objections as rules
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Order, Split, SplitRow
from lumbung.orders.queries.orders import may_read_all
from lumbung.organisations.models import Membership
from lumbung.organisations.queries import has_role
from lumbung.people.choices import Decider, LinkPurpose, Officer
from lumbung.people.models import Link, Person
from lumbung.people.queries import link_for
from lumbung.records.models import Record

ROWS = 30
PUBLIC_ANSWERS = 30
LATE = "late"
OPEN = "open"
NEWEST = "newest"
SORTS: dict[str, Columns] = {NEWEST: ("-pk",), "due": ("due_on", "pk")}
WITH_ALL = ("order__buyer", "person", "maker__party", "maker__village__district__regency")


def may_answer_objections(person: object) -> bool:
    """Officers and the head; which of them may answer this one, the rule says."""
    return has_role(person, Officer, Decider)


def objections_seen_by(person: object) -> QuerySet[Objection]:
    """The office and its auditor see every objection; others follow their own by link."""
    every = Objection.objects.select_related(*WITH_ALL)
    return every if may_read_all(person) else every.none()


def last_code(prefix: str) -> str | None:
    codes = Objection.objects.filter(code__startswith=prefix).order_by(Length("code").desc(), "-code")
    return codes.values_list("code", flat=True).first()


def locked_objection(pk: int) -> Objection:
    """The row, held until the transaction ends."""
    found = Objection.objects.select_for_update(of=("self",)).select_related("order", "person", "maker")
    return found.get(pk=pk)


def open_by_phone(order: Order, phone: str) -> int:
    """How many objections to this order wait with this phone number."""
    if not phone:
        return 0
    return Objection.objects.filter(order=order, person__phone=phone, state__in=OPEN_OBJECTIONS).count()


def decided_splits(order: Order) -> QuerySet[Split]:
    return Split.objects.filter(line__order=order, state=SplitState.DECIDED, parent__isnull=True)


def first_decision(order: Order) -> Split | None:
    """The newest decided plan of the order, from which the days for objections run."""
    return decided_splits(order).only("decided_at").order_by("-decided_at").first()


def in_time_until(order: Order) -> date | None:
    """The last day on which an objection to the order's newest decision is in time."""
    decided = first_decision(order)
    if decided is None or decided.decided_at is None:
        return None
    return rules.in_time_until(decided.decided_at, order.objection_window_days)


# Who may answer


def took_part_in(order: Order) -> set[str]:
    """Who computed, proposed or decided a plan of this order that was decided."""
    rows = decided_splits(order).values_list("computed_by", "proposed_by", "decided_by")
    return {key for row in rows for key in row if key}


def answered_by(objection: Objection) -> set[str]:
    return set(objection.answers.values_list("answered_by", flat=True))


def able_to_answer(objection: Objection) -> list[Person]:
    """Officers and heads of today who had no part in the split and have not answered yet."""
    barred = took_part_in(objection.order) | answered_by(objection)
    day = clock.today()
    holders = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        role__in=[Officer.key, Decider.key],
        starts_on__lte=day,
        person__is_active=True,
    )
    persons = Person.objects.filter(pk__in=holders.values("person"), has_account=True).order_by("full_name")
    return [person for person in persons if person.key not in barred]


def open_for(person: Person) -> tuple[QuerySet[Objection], QuerySet[Objection]]:
    """Open objections, the first due on top: all that are late, and of those in time what this person may answer."""
    part = Q(computed_by=person.key) | Q(proposed_by=person.key) | Q(decided_by=person.key)
    decided = Split.objects.filter(part, state=SplitState.DECIDED, parent__isnull=True)
    answered = ObjectionAnswer.objects.filter(answered_by=person.key)
    found = (
        Objection.objects.filter(state__in=OPEN_OBJECTIONS).select_related("order").order_by("due_on", "pk")
    )
    today = clock.today()
    in_time = found.filter(due_on__gte=today).exclude(order__in=decided.values("line__order"))
    return found.filter(due_on__lt=today), in_time.exclude(pk__in=answered.values("objection"))


def names_around(objection: Objection) -> Iterator[str]:
    """Every name that would tell who is meant: the objector's, and those of makers and owners in the order's plans."""
    yield objection.person.full_name
    yield objection.maker_typed
    rows = SplitRow.objects.filter(split__in=decided_splits(objection.order))
    makers = Maker.objects.filter(Q(pk__in=rows.values("maker")) | Q(pk=objection.maker_id or 0))
    for party, owner in makers.values_list("party__name", "owner__full_name").iterator():
        yield party
        yield owner


# The list


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the objections."""

    order: str = ""
    state: str = ""
    about: str = ""
    sort: str = NEWEST


def found_among(objections: QuerySet[Objection], wanted: Wanted) -> QuerySet[Objection]:
    if wanted.order:
        text = wanted.order.strip()
        objections = objections.filter(
            Q(order__code__icontains=text) | Q(order__title__icontains=text) | Q(code__icontains=text)
        )
    objections = objections.order_by(*SORTS[wanted.sort])
    if wanted.about:
        objections = objections.filter(about=wanted.about)
    if wanted.state == LATE:
        return objections.filter(state__in=OPEN_OBJECTIONS, due_on__lt=clock.today())
    if wanted.state == OPEN:
        return objections.filter(state__in=OPEN_OBJECTIONS)
    return objections.filter(state=wanted.state) if wanted.state else objections


def objection_page(
    objections: QuerySet[Objection], *, sort: str = NEWEST, after: str = "", before: str = ""
) -> Page[Objection]:
    return page_of(objections, by=SORTS[sort], after=after, before=before, size=ROWS)


def exported(objections: QuerySet[Objection]) -> Iterator[Objection]:
    answers = Prefetch("answers", queryset=ObjectionAnswer.objects.order_by("round"))
    return objections.prefetch_related(answers).iterator(chunk_size=500)


def record_of(number: int) -> Record | None:
    return Record.objects.filter(pk=number).first()


# By link


def link_to_objection(secret: str) -> tuple[Link | None, Objection | None]:
    """The link of this secret, and its objection."""
    link = link_for(secret, LinkPurpose.OBJECTION)
    if link is None:
        return None, None
    code = link.subject.removeprefix("objection:")
    return link, Objection.objects.select_related(*WITH_ALL).filter(code=code).first()


# For everybody


@dataclass(frozen=True)
class Totals:
    """How many objected to an order, and how the office kept its term: filed = answered + open + withdrawn."""

    filed: int = 0
    answered: int = 0
    in_time: int = 0
    open: int = 0
    late: int = 0
    withdrawn: int = 0
    upheld: int = 0
    """Wholly or in part, by the newest answer."""


@dataclass(frozen=True)
class PublicAnswer:
    """An answer as everybody may read it: about what, how it ended, the words without names."""

    about: str
    outcome: str
    words: str
    days: int
    in_time: bool
    is_second: bool


def totals_of(order: Order) -> Totals:
    """Two queries, however many."""
    late = Q(state__in=OPEN_OBJECTIONS, due_on__lt=clock.today())
    counts = Objection.objects.filter(order=order).aggregate(
        filed=Count("id"),
        answered=Count("id", filter=Q(state__in=[ObjectionState.ANSWERED, ObjectionState.CLOSED])),
        open=Count("id", filter=Q(state__in=OPEN_OBJECTIONS)),
        late=Count("id", filter=late),
        withdrawn=Count("id", filter=Q(state=ObjectionState.WITHDRAWN)),
    )
    if not counts["filed"]:
        return Totals()
    in_time, upheld = 0, set()
    rows = ObjectionAnswer.objects.filter(objection__order=order).order_by("objection_id", "round")
    for answer in rows.only("objection_id", "round", "outcome", "answered_at", "due_on"):
        in_time += answer.round == 1 and answer.in_time
        upheld.discard(answer.objection_id)
        if answer.outcome != ObjectionOutcome.DISMISSED:
            upheld.add(answer.objection_id)
    return Totals(**counts, in_time=in_time, upheld=len(upheld))


def public_answers(order: Order, *, most: int = PUBLIC_ANSWERS) -> list[PublicAnswer]:
    """The answers to the newest objections, a second one under its first; no name, no day that would tell."""
    rows = (
        ObjectionAnswer.objects.filter(objection__order=order)
        .select_related("objection")
        .order_by("-objection_id", "round")[:most]
    )
    return [_public(answer) for answer in rows]


def _public(answer: ObjectionAnswer) -> PublicAnswer:
    began = answer.objection.replied_at if answer.round == 2 else answer.objection.filed_at
    days = (answer.answered_at - began).days if began else 0
    return PublicAnswer(
        about=str(ObjectionAbout(answer.objection.about).label),
        outcome=str(ObjectionOutcome(answer.outcome).label),
        words=answer.public_words,
        days=days,
        in_time=answer.in_time,
        is_second=answer.round == 2,
    )


def subjects_named(codes: Iterable[str]) -> dict[str, str]:
    """`KBR-2026-0001` → the number with its order's title."""
    rows = Objection.objects.filter(code__in=list(codes)).values_list("code", "order__title")
    return {code: f"{code}, {title}" for code, title in rows}
