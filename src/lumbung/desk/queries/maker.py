"""What waits for a maker or a captain with an account: offers to answer, and what they have confirmed."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock, formats
from lumbung.desk.rules import Task
from lumbung.orders.choices import CONFIRMED_STATES, ShareState
from lumbung.orders.models import Share
from lumbung.orders.queries.offers import bundle_subject
from lumbung.orders.queries.shares import shares_seen_by
from lumbung.orders.queries.stages import stages_of
from lumbung.orders.rules.wording import unit_of
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Person
from lumbung.people.queries import open_links
from lumbung.people.rules import secret_of

MOST_SHARES = 50


def own_shares(person: Person) -> QuerySet[Share]:
    """Shares of running orders; `shares_seen_by` shows a maker the own ones only."""
    return shares_seen_by(person).filter(
        line__order__cancelled_at__isnull=True, line__order__finished_at__isnull=True
    )


def for_maker(person: Person) -> Iterator[Task]:
    """Offers that can still be answered, those that end first on top."""
    waiting = own_shares(person).filter(
        Q(answer_until__isnull=True) | Q(answer_until__gt=clock.now()), state=ShareState.OFFERED
    )
    shares = list(waiting.order_by(F("answer_until").asc(nulls_last=True), "id")[:MOST_SHARES])
    addresses = _addresses(shares, person)
    for share in shares:
        yield Task(
            number=share.quantity,
            words=_("%(unit)s offered to %(maker)s")
            % {"unit": unit_of(share.line), "maker": share.maker.party.name},
            sentence=_offer_sentence(share),
            action=_("Answer now"),
            url=addresses.get(share.key) or addresses.get(_bundle_of(share, person), ""),
        )


def _offer_sentence(share: Share) -> str:
    words = {
        "order": share.line.order.title,
        "value": formats.rupiah(share.value_rupiah),
        "due": formats.day_month(share.line.order.due_on),
    }
    if not share.answer_until:
        return _("%(order)s, %(value)s, to be ready on %(due)s.") % words
    words["until"] = formats.moment(share.answer_until)
    return _("%(order)s, %(value)s, to be ready on %(due)s. Answer before %(until)s.") % words


def _addresses(shares: Sequence[Share], person: Person) -> dict[str, str]:
    """Share or bundle key → the page where it is answered.

    A share's own link asks for the digits of the owner's phone, so a captain who is not the owner goes by
    the bundle.
    """
    if not shares:
        return {}
    own = [share.key for share in shares if share.maker.owner_id == person.pk]
    bundles = {_bundle_of(share, person) for share in shares}
    return _opened_by(own, LinkPurpose.ANSWER_SHARE, "orders:offer") | _opened_by(
        bundles, LinkPurpose.CAPTAIN_BUNDLE, "orders:bundle"
    )


def _bundle_of(share: Share, person: Person) -> str:
    return bundle_subject(person, share.line.order)


def _opened_by(subjects: Iterable[str], purpose: LinkPurpose, page: str) -> dict[str, str]:
    found = {}
    for link in open_links(subjects, purpose).order_by("id"):
        try:
            found[link.subject] = reverse(page, args=[secret_of(link)])
        except LookupError:
            continue  # issued under a key that this server no longer has: the office issues it again
    return found


def confirmed_shares(person: Person) -> list[tuple[Share, str]]:
    """What the person's makers have confirmed and how far each is, the next due date first."""
    held = own_shares(person).filter(state__in=CONFIRMED_STATES, line__order__due_on__gte=clock.today())
    shares = list(held.order_by("line__order__due_on", "id")[:MOST_SHARES])
    stages = stages_of(shares)
    return [(share, stages.get(share.pk, "")) for share in shares]
