"""Pausing and closing makers, households of a group, and entries that seem to be one."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.makers import queries, rules
from lumbung.makers.actions.entries import find_or_register, locked
from lumbung.makers.choices import (
    DUPLICATES_REVIEWED,
    HOUSEHOLD_JOINED,
    HOUSEHOLD_LEFT,
    STATE_CHANGED,
    MakerState,
)
from lumbung.makers.models import DuplicateReview, Household, Maker
from lumbung.people.choices import Salutation
from lumbung.people.models import Person
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest


def pause_maker(*, maker: Maker, reason: str, by: str) -> Maker:
    """The maker gets no new share until it is taken up again."""
    return _set_state(maker, MakerState.PAUSED, reason, by=by)


def close_maker(*, maker: Maker, reason: str, by: str) -> Maker:
    """The workshop or group has ended; its history stays."""
    return _set_state(maker, MakerState.CLOSED, reason, by=by)


def reactivate_maker(*, maker: Maker, reason: str, by: str) -> Maker:
    """The maker works again."""
    return _set_state(maker, MakerState.ACTIVE, reason, by=by)


def _set_state(maker: Maker, wanted: MakerState, reason: str, *, by: str) -> Maker:
    with transaction.atomic():
        maker = locked(maker)
        if maker.state == wanted:
            return maker
        refuse(rules.why_not_state(maker.state, wanted, reason), field="reason")
        content = {"from": maker.state, "to": str(wanted), "reason": _digest(maker, reason)}
        maker.state, maker.state_since = wanted, clock.today()
        maker.state_reason = rules.tidy(reason)[:200]
        maker.save(update_fields=["state", "state_since", "state_reason"])
        leave_record(subject=maker.key, deed=STATE_CHANGED, by=by, content=content)
    return maker


def _digest(maker: Maker, text: str) -> str:
    """What people write in a free field may name somebody: a record keeps only its digest."""
    return salted_digest(maker.owner.salt, rules.tidy(text))


def add_household(*, maker: Maker, person: Person, by: str, hamlet: str = "") -> Household:
    """A person's house joins a captain's group, or comes back to it."""
    with transaction.atomic():
        maker = locked(maker)
        house = maker.houses.filter(person=person).first()
        if house and house.left_on is None:
            return house
        refuse(_why_not_join(maker, person), field="person")
        house = house or Household(maker=maker, person=person)
        house.left_on, house.hamlet = None, rules.tidy(hamlet)
        house.save()
        maker.unnamed_households = max(0, maker.unnamed_households - 1)
        _count_households(maker)
        leave_record(subject=maker.key, deed=HOUSEHOLD_JOINED, by=by, content={"person": person.key})
    return house


def add_household_of(
    *, maker: Maker, full_name: str, phone: str, salutation: Salutation, by: str, hamlet: str = ""
) -> Household:
    """A house joins together with its person, unless the office knows that person already."""
    with transaction.atomic():
        person = find_or_register(full_name=full_name, phone=phone, salutation=salutation, by=by)
        return add_household(maker=maker, person=person, hamlet=hamlet, by=by)


def _why_not_join(maker: Maker, person: Person) -> str | None:
    known = queries.known_of({person.pk})
    return rules.why_not_household(
        kind=maker.kind, belongs_to=known.groups.get(person.pk), owns=known.workshops.get(person.pk)
    )


def household_leaves(*, household: Household, by: str, on: date | None = None) -> Household:
    """A house no longer works with the group; twice does no harm."""
    day = on or clock.today()
    if day > clock.today():
        raise Refused(_("The day cannot lie in the future."), field="on")
    with transaction.atomic():
        maker = locked(household.maker)
        household = maker.houses.get(pk=household.pk)
        if household.left_on is None:
            household.left_on = day
            household.save(update_fields=["left_on"])
            _count_households(maker)
            content = {"person": f"person:{household.person_id}", "on": day.isoformat()}
            leave_record(subject=maker.key, deed=HOUSEHOLD_LEFT, by=by, content=content)
    return household


def _count_households(maker: Maker) -> None:
    """Fairness counts households, so the number is kept true with each that joins or leaves.

    Who joins by name was counted before, where a file told only how many there are.
    """
    named = maker.houses.filter(left_on__isnull=True).count()
    maker.households = max(1, named + maker.unnamed_households)
    maker.save(update_fields=["households", "unnamed_households"])


def review_duplicates(*, first: Maker, second: Maker, reason: str, by: str) -> DuplicateReview:
    """Somebody has looked: these two are not one. The pair no longer holds back a turn."""
    refuse(rules.why_not_review(first.pk, second.pk, reason), field="reason")
    low, high = sorted((first, second), key=lambda maker: maker.pk)
    with transaction.atomic():
        low = locked(low)
        known = DuplicateReview.objects.filter(first=low, second=high).first()
        if known:
            return known
        signs = queries.signs_between(low, high)
        if not signs:
            raise Refused(_("These two share neither owner nor account nor house."), field="reason")
        review = DuplicateReview.objects.create(
            first=low, second=high, reason=rules.tidy(reason)[:200], reviewed_by=by
        )
        content = {"other": high.key, "signs": [str(sign) for sign in signs], "reason": _digest(low, reason)}
        leave_record(subject=low.key, deed=DUPLICATES_REVIEWED, by=by, content=content)
    return review
