"""Bank accounts: whose, confirmed or not, and who shares one."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lumbung.money.models import Account
from lumbung.organisations.models import Membership
from lumbung.people.choices import Captain, MakerRole

SLICE = 500


def accounts_of(party: str) -> QuerySet[Account]:
    """The accounts of a party that stand, the newest first."""
    return Account.objects.filter(owner=party, ended_at__isnull=True).order_by("-pk")


def account_for(party: str) -> Account | None:
    """The account to which a party is paid: the newest that is confirmed."""
    return accounts_of(party).filter(confirmed_at__isnull=False).first()


def accounts_for(parties: Iterable[str]) -> dict[str, Account]:
    """The same for many, in one query."""
    rows = Account.objects.filter(
        owner__in=set(parties), ended_at__isnull=True, confirmed_at__isnull=False
    ).order_by("pk")
    return {account.owner: account for account in rows}


def payees_sharing_account(party_keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """Party → the other parties that are paid to one of its account numbers; who shares none is left out."""
    wanted = sorted(set(party_keys))
    standing = Account.objects.filter(ended_at__isnull=True)
    numbers: dict[str, set[str]] = {}
    for at in range(0, len(wanted), SLICE):
        for number, owner in standing.filter(owner__in=wanted[at : at + SLICE]).values_list(
            "number", "owner"
        ):
            numbers.setdefault(number, set()).add(owner)
    owners: dict[str, set[str]] = {}
    known = sorted(numbers)
    for at in range(0, len(known), SLICE):
        for number, owner in standing.filter(number__in=known[at : at + SLICE]).values_list(
            "number", "owner"
        ):
            owners.setdefault(number, set()).add(owner)
    found: dict[str, set[str]] = {}
    for number, whose in numbers.items():
        for owner in whose:
            found.setdefault(owner, set()).update(owners[number] - {owner})
    return {owner: frozenset(others) for owner, others in found.items() if others}


def persons_behind(party: str) -> list[int]:
    """The persons whose account a party's is: who answers for the workshop or the group."""
    number = party.partition(":")[2]
    if not number.isdecimal():
        return []
    roles = [MakerRole.key, Captain.key]
    rows = Membership.objects.filter(party_id=int(number), role__in=roles)
    return list(rows.order_by("person").values_list("person_id", flat=True).distinct())
