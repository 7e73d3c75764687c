"""Who reads records, and who decides flags."""

from django.db.models import QuerySet

from lumbung.makers.models import Maker
from lumbung.makers.queries import WITH_ALL, makers_of
from lumbung.organisations.queries import has_role
from lumbung.people.choices import Auditor, Decider, Inspector, Officer
from lumbung.scorecards.models import Flag, Remark


def may_read_records(person: object) -> bool:
    """Whether the person reads every maker's record, as far as the maker has read it or a week has gone by."""
    return has_role(person, Officer, Decider, Inspector, Auditor)


def may_watch(person: object) -> bool:
    """Whether the person reads what looks odd. The maker's own page never shows a flag."""
    return has_role(person, Officer, Decider, Inspector, Auditor)


def may_decide_flags(person: object) -> bool:
    """Whether the person decides about flags, answers remarks and writes to makers without work."""
    return has_role(person, Officer, Decider)


def records_opened_by(person: object) -> QuerySet[Maker]:
    """The makers whose record the person may open: the office all, a maker and a captain the own."""
    if may_read_records(person):
        return Maker.objects.select_related(*WITH_ALL)
    return makers_of(person)


def flags_seen_by(person: object) -> QuerySet[Flag]:
    return Flag.objects.all() if may_watch(person) else Flag.objects.none()


def remarks_seen_by(person: object) -> QuerySet[Remark]:
    """The office sees every remark, a maker the own."""
    found = Remark.objects.select_related("maker__party", "kind")
    return found if may_read_records(person) else found.filter(maker__in=makers_of(person).order_by())
