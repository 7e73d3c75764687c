"""Who keeps stores, who decides about lots, and who sees what."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lumbung.lots.models import Entry, Holding, Lot, LotMaker, Movement, Store
from lumbung.lots.queries.subjects import subjects_read_by
from lumbung.makers.queries import makers_of, may_see_register
from lumbung.organisations.queries import OFFICE_ROLES, has_role, is_office, regencies_of
from lumbung.people.choices import Decider, Inspector, Officer, RegencyOfficer
from lumbung.people.models import Person

SEES_ALL = tuple(role for role in OFFICE_ROLES if role is not RegencyOfficer)


def may_keep_store(person: object) -> bool:
    """Who receives, hands out and takes back."""
    return has_role(person, Officer, RegencyOfficer)


def may_see_store(person: object) -> bool:
    return is_office(person)


def may_decide_lots(person: object) -> bool:
    """Who holds lots back and releases them, by name."""
    return has_role(person, Officer, Inspector)


def may_recall(person: object) -> bool:
    return has_role(person, Officer, Inspector, Decider)


def may_follow(person: object) -> bool:
    """Everybody with an account may look; what they find is among what they see."""
    return isinstance(person, Person) and person.is_active


def stores_seen_by(person: object) -> QuerySet[Store]:
    """The office sees every store, a regency officer those of the own regency."""
    stores = Store.objects.select_related("village__district__regency").order_by("name")
    if has_role(person, *SEES_ALL):
        return stores
    if not (isinstance(person, Person) and may_see_register(person)):
        return stores.none()
    return stores.filter(village__district__regency__in=regencies_of(person))


def stores_kept_by(person: object) -> QuerySet[Store]:
    stores = stores_seen_by(person)
    return stores if may_keep_store(person) else stores.none()


def movements_seen_by(person: object) -> QuerySet[Movement]:
    """The office sees all; a regency officer what touched makers and stores of the regency; a maker the own."""
    every = Movement.objects.select_related(
        "entry", "material", "goods", "lot", "maker__party", "corrects", "corrected_by"
    )
    if has_role(person, *SEES_ALL):
        return every
    stores = [store.key for store in stores_seen_by(person)]
    seen = Q(from_holder__in=stores) | Q(to_holder__in=stores) if stores else Q(pk__in=[])
    seen |= _of_makers(person, "maker")
    if subjects := subjects_read_by(person):
        seen |= Q(entry__subject__in=subjects, goods__isnull=False)
    return every.filter(seen)


def entries_kept_by(person: object) -> QuerySet[Entry]:
    """The entries a person may correct: officers all, regency officers those of their makers and stores."""
    if not may_keep_store(person):
        return Entry.objects.none()
    seen = movements_seen_by(person).order_by()
    return Entry.objects.filter(pk__in=seen.values("entry"))


def holdings_seen_by(person: object) -> QuerySet[Holding]:
    every = Holding.objects.select_related(
        "material", "goods", "lot", "maker__party", "maker__village__district__regency"
    )
    if has_role(person, *SEES_ALL):
        return every
    stores = [store.key for store in stores_seen_by(person)]
    return every.filter(Q(holder__in=stores) | _of_makers(person, "maker"))


def lots_seen_by(person: object) -> QuerySet[Lot]:
    """The office sees all; a regency officer what its makers made or its stores had; makers the own; buyers what
    rooms above let them follow."""
    every = Lot.objects.select_related("material", "goods", "recall")
    if has_role(person, *SEES_ALL):
        return every
    made = LotMaker.objects.filter(_of_makers(person, "maker"), lot=OuterRef("pk"))
    seen = Q(Exists(made))
    if stores := [store.key for store in stores_seen_by(person)]:
        seen |= Q(Exists(Holding.objects.filter(lot=OuterRef("pk"), holder__in=stores)))
    if subjects := subjects_read_by(person):
        seen |= Q(subject__in=subjects)
    return every.filter(seen)


def _of_makers(person: object, path: str) -> Q:
    """Makers of the own regency for its officer, and everybody's own workshops and groups."""
    if not isinstance(person, Person):
        return Q(pk__in=[])
    seen = Q(**{f"{path}__in": list(makers_of(person).values_list("pk", flat=True))})
    if has_role(person, RegencyOfficer):
        for code in sorted(regencies_of(person)):
            seen |= Q(**{f"{path}__village__code__startswith": f"{code}."})
    return seen
