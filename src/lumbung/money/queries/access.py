"""Who sees which money: the office all of it, a maker the own lines, a buyer what the own organisation pays."""

from django.db.models import Q, QuerySet

from lumbung.money.models import Account, Payment, Standing
from lumbung.money.queries.subjects import readable_orders
from lumbung.organisations.queries import has_role, parties_of
from lumbung.people.choices import Auditor, Buyer, Captain, Decider, MakerRole, Officer, Treasurer
from lumbung.people.models import Person


def may_read_money(person: object) -> bool:
    """Whether the person reads everybody's money."""
    return has_role(person, Treasurer, Officer, Decider, Auditor)


def may_keep_money(person: object) -> bool:
    """Whether the person records payments, promises and corrections."""
    return has_role(person, Treasurer)


def may_write_terms(person: object) -> bool:
    """Whether the person writes price sheets, tax rules and accounts."""
    return has_role(person, Treasurer, Officer)


def may_confirm(person: object) -> bool:
    """Whether the person may be the second one who confirms an account."""
    return has_role(person, Treasurer, Officer, Decider)


def has_money(person: object) -> bool:
    """Whether the list of what is owed has anything to say to the person."""
    return (
        may_read_money(person) or has_role(person, MakerRole, Captain, Buyer) or bool(readable_orders(person))
    )


def own_payees(person: object) -> list[str]:
    """The keys of the parties for which the person is paid."""
    return _keys(person, MakerRole, Captain)


def own_payers(person: object) -> list[str]:
    """The keys of the parties for which the person follows what is paid."""
    return _keys(person, Buyer)


def _keys(person: object, *roles: type[MakerRole | Captain | Buyer]) -> list[str]:
    if not isinstance(person, Person) or not has_role(person, *roles):
        return []
    return [party.key for party in parties_of(person, roles=roles)]


def standings_seen_by(person: object) -> QuerySet[Standing]:
    """The shares whose money a person sees."""
    if may_read_money(person):
        return Standing.objects.all()
    if not isinstance(person, Person):
        return Standing.objects.none()
    return Standing.objects.filter(
        Q(payee__in=own_payees(person))
        | Q(payer__in=own_payers(person))
        | Q(order__in=readable_orders(person))
    )


def payments_seen_by(person: object) -> QuerySet[Payment]:
    """The payments that a person sees: those to the own workshop, those of the own organisation."""
    payments = Payment.objects.select_related("proof__file", "corrects")
    if may_read_money(person):
        return payments
    if not isinstance(person, Person):
        return payments.none()
    mine = Q(payee__in=own_payees(person)) | Q(payer__in=own_payers(person))
    return payments.filter(mine | Q(allocations__share__in=_own_shares(person))).distinct()


def _own_shares(person: Person) -> QuerySet[Standing, str]:
    return Standing.objects.filter(payee__in=own_payees(person)).values_list("share", flat=True)


def accounts_seen_by(person: object) -> QuerySet[Account]:
    """The bank accounts that a person sees, masked: the office all, a maker the own. A buyer sees none."""
    if may_read_money(person):
        return Account.objects.all()
    return Account.objects.filter(owner__in=own_payees(person))


def sees_accounts(person: object, payee: str) -> bool:
    """Whether the person sees to which account this payee is paid."""
    return may_read_money(person) or payee in own_payees(person)
