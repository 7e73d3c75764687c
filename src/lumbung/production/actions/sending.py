"""Links for those who make: to the maker, to the captain of a group, to a member."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, refuse
from lumbung.orders.models import Share
from lumbung.orders.queries.offers import bundle_subject
from lumbung.orders.queries.shares import captains_of
from lumbung.orders.rules.sending import why_not_send
from lumbung.people.actions import usable_secret
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Person
from lumbung.production.models import Part
from lumbung.production.queries.links import member_subject
from lumbung.production.queries.parts import is_corrected
from lumbung.production.rules.parts import why_not_member_link


@dataclass(frozen=True)
class Reached:
    """Who gets the message, and the secret of the link in it."""

    person: Person
    secret: str
    is_captain: bool = False


def reach_maker(*, share: Share, by: str) -> Reached:
    """The maker's own link; where no phone is registered, the link of the group's captain."""
    order, owner = share.line.order, share.maker.owner
    refuse(why_not_send(order))
    with transaction.atomic():
        if owner.phone:
            purpose = LinkPurpose.ANSWER_SHARE
            return Reached(owner, usable_secret(purpose=purpose, subject=share.key, person=owner, by=by))
        group = share.maker.party_id
        captain = Person.objects.filter(pk=captains_of([group]).get(group, 0)).first()
        if captain is None:
            raise Refused(
                _("No phone number is registered for %(name)s, nor for a captain. Please go there.")
                % {"name": share.maker}
            )
        subject, purpose = bundle_subject(captain, order), LinkPurpose.CAPTAIN_BUNDLE
        return Reached(captain, usable_secret(purpose=purpose, subject=subject, person=captain, by=by), True)


def reach_member(*, part: Part, by: str) -> Reached:
    """The member's own link to the own part."""
    refuse(why_not_member_link(part, is_corrected=is_corrected(part)))
    refuse(why_not_send(part.share.line.order))
    subject = member_subject(part.share, part.person)
    with transaction.atomic():
        secret = usable_secret(purpose=LinkPurpose.OWN_PART, subject=subject, person=part.person, by=by)
    return Reached(part.person, secret)
