"""Who reads letters besides the office: a maker the own ones, by account or link; a buyer those of own orders."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q, QuerySet

from lumbung.deliveries.models import Delivery, Inspection
from lumbung.letters.models import Letter
from lumbung.letters.queries import register_reader
from lumbung.makers.models import Maker
from lumbung.makers.queries import makers_of
from lumbung.money.models import Allocation, Payment
from lumbung.money.queries import own_payees
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Share
from lumbung.orders.queries.offers import shares_of_bundle
from lumbung.organisations.queries import parties_of
from lumbung.paperwork.choices import KINDS
from lumbung.people.choices import Buyer, LinkPurpose
from lumbung.people.models import Link, Person

MOST_SHARES = 50
"""The newest shares whose letters stand on the page of a workshop."""
MOST_LETTERS = 10


@register_reader
def of_orders(subjects: Collection[str], person: object) -> Iterable[str]:
    """The subjects among these whose letters are for a person, or for whoever has a link."""
    if isinstance(person, Link):
        return subjects_of(_shares_opened_by(person)) & set(subjects)
    if not isinstance(person, Person):
        return ()
    return _of_maker(set(subjects), person) | _of_buyer(set(subjects), person)


def _shares_opened_by(link: Link) -> list[Share]:
    """What a link opens today: one share, or those of a captain's group."""
    if link.purpose == LinkPurpose.ANSWER_SHARE:
        number = int(link.subject.removeprefix("share:"))
        return list(Share.objects.filter(pk=number).select_related("maker"))
    return list(shares_of_bundle(link)) if link.purpose == LinkPurpose.CAPTAIN_BUNDLE else []


def _named(subjects: Iterable[str], prefix: str) -> list[str]:
    return [key.removeprefix(prefix) for key in subjects if key.startswith(prefix)]


def _numbered(subjects: Iterable[str], prefix: str) -> list[int]:
    return [int(name) for name in _named(subjects, prefix) if name.isdecimal()]


def _of_maker(subjects: set[str], person: Person) -> set[str]:
    own = list(makers_of(person).values_list("pk", flat=True))
    return _about(
        subjects,
        shares=Share.objects.filter(maker__in=own),
        inspections=Inspection.objects.filter(delivery__share__maker__in=own),
        payments=Payment.objects.filter(payee__in=own_payees(person)),
    )


def _of_buyer(subjects: set[str], person: Person) -> set[str]:
    """Order letters and delivery records; how a maker is inspected and paid is between maker and office."""
    buyers = list(parties_of(person, roles=[Buyer]).values_list("pk", flat=True))
    if not buyers:
        return set()
    return _about(
        subjects,
        shares=Share.objects.filter(line__order__buyer__in=buyers),
        inspections=Inspection.objects.none(),
        payments=Payment.objects.none(),
    )


def _about(
    subjects: set[str],
    *,
    shares: QuerySet[Share],
    inspections: QuerySet[Inspection],
    payments: QuerySet[Payment],
) -> set[str]:
    """Those of the subjects that belong to these rows; at most four queries."""
    found = set()
    if numbers := _numbered(subjects, "share:"):
        found |= {f"share:{pk}" for pk in shares.filter(pk__in=numbers).values_list("pk", flat=True)}
    if codes := _named(subjects, "delivery:"):
        theirs = Delivery.objects.filter(code__in=codes, share__in=shares.values("pk"))
        found |= {f"delivery:{code}" for code in theirs.values_list("code", flat=True)}
    if numbers := _numbered(subjects, "inspection:"):
        theirs_too = inspections.filter(pk__in=numbers).values_list("pk", flat=True)
        found |= {f"inspection:{pk}" for pk in theirs_too}
    if numbers := _numbered(subjects, "payment:"):
        found |= {f"payment:{pk}" for pk in payments.filter(pk__in=numbers).values_list("pk", flat=True)}
    return found


def subjects_of(shares: Sequence[Share]) -> set[str]:
    """Everything about these shares that a letter for their maker may be about; three queries."""
    if not shares:
        return set()
    keys = [share.key for share in shares]
    codes = Delivery.objects.filter(share__in=shares).values_list("code", flat=True)
    inspections = Inspection.objects.filter(delivery__share__in=shares).values_list("pk", flat=True)
    payees = {f"party:{share.maker.party_id}" for share in shares}
    paid = Allocation.objects.filter(share__in=keys, payment__payee__in=payees)
    return {
        *keys,
        *(f"delivery:{code}" for code in codes),
        *(f"inspection:{pk}" for pk in inspections),
        *(f"payment:{pk}" for pk in paid.values_list("payment", flat=True)),
    }


def letters_of_share(share: Share) -> QuerySet[Letter]:
    """What its maker reads of a share: order letter, records, receipts; voided ones as well."""
    return Letter.objects.filter(subject__in=subjects_of([share]), kind__in=KINDS).order_by("pk")


def letters_of_maker(maker: Maker) -> list[Letter]:
    """The newest letters in force about a workshop's newest shares."""
    shares = Share.objects.filter(maker=maker, state__in=CONFIRMED_STATES).select_related("maker")
    about = Q(subject__in=subjects_of(list(shares.order_by("-pk")[:MOST_SHARES])), kind__in=KINDS)
    return list(Letter.objects.filter(about, voided_at__isnull=True).order_by("-pk")[:MOST_LETTERS])
