"""Registering makers, one or thousands: the same way and under the same rules."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock
from foundation.errors import Refused
from lumbung.makers import queries, rules
from lumbung.makers.choices import BATCH_REGISTERED, MakerKind
from lumbung.makers.models import Good, Household, Maker
from lumbung.makers.rules import NewMaker
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people.choices import Captain, MakerRole
from lumbung.records.actions import leave_record
from lumbung.records.rules import canonical, salted_digest

BATCH = 500


def register_makers(rows: Sequence[NewMaker], *, by: str, is_demo: bool = False) -> list[Maker]:
    """Write down thousands at once: all or nothing, one record with their count and hash."""
    with transaction.atomic():
        _refuse_faults(rows)
        makers = write_down(rows, is_demo=is_demo)
        digest = hashlib.sha256()
        for new, maker in zip(rows, makers, strict=True):
            digest.update(canonical({"maker": maker.key, **told_of(new)}).encode() + b"\n")
        content = {"count": len(makers), "hash": digest.hexdigest()}
        leave_record(subject="makers", deed=BATCH_REGISTERED, by=by, content=content)
    return makers


def _refuse_faults(rows: Sequence[NewMaker]) -> None:
    """All rows are asked before one is written."""
    known = queries.known_of({p.pk for row in rows for p in (row.owner, *row.households)})
    today = clock.today()
    faults = [
        (number, sentence)
        for number, row in enumerate(rows, start=1)
        for sentence in rules.faults_of_maker(row, known=known, today=today).values()
    ]
    if faults:
        more = len(faults) - 1
        first = _("Row %(number)s: %(sentence)s") % {"number": faults[0][0], "sentence": faults[0][1]}
        rest = ngettext("There is %(more)s more fault.", "There are %(more)s more faults.", more) % {
            "more": more
        }
        raise Refused(f"{first} {rest}" if more else first)


def write_down(rows: Sequence[NewMaker], *, is_demo: bool) -> list[Maker]:
    """The rows of all tables for new makers, in the order given; the rules have been asked."""
    parties = Party.objects.bulk_create([_party(new, is_demo) for new in rows], batch_size=BATCH)
    makers = Maker.objects.bulk_create(
        [_maker(new, party, is_demo) for new, party in zip(rows, parties, strict=True)], batch_size=BATCH
    )
    pairs = list(zip(rows, makers, strict=True))
    Membership.objects.bulk_create([_membership(new, maker) for new, maker in pairs], batch_size=BATCH)
    Good.objects.bulk_create([good for pair in pairs for good in _goods(*pair)], batch_size=BATCH)
    Household.objects.bulk_create([house for pair in pairs for house in _houses(*pair)], batch_size=BATCH)
    return makers


def _party(new: NewMaker, is_demo: bool) -> Party:
    kind = PartyKind.GROUP if new.kind == MakerKind.GROUP else PartyKind.MAKER
    return Party(kind=kind, name=rules.tidy(new.name), is_demo=is_demo)


def _maker(new: NewMaker, party: Party, is_demo: bool) -> Maker:
    return Maker(
        party=party,
        kind=new.kind,
        owner=new.owner,
        village=new.village,
        hamlet=rules.tidy(new.hamlet),
        house=rules.tidy(new.house),
        bank_name=rules.tidy(new.bank_name),
        bank_account=rules.tidy_account(new.bank_account),
        nib=rules.tidy(new.nib),
        households=max(1, len(new.households) + new.unnamed_households),
        unnamed_households=new.unnamed_households,
        last_made_on=new.last_made_on,
        registered_at=new.registered_at or clock.now(),
        sort_name=rules.sort_name(new.name),
        search_text=rules.search_text_of(new.name, new.village),
        is_demo=is_demo,
    )


def _membership(new: NewMaker, maker: Maker) -> Membership:
    role = Captain if new.kind == MakerKind.GROUP else MakerRole
    return Membership(person=new.owner, party=maker.party, role=role.key)


def _goods(new: NewMaker, maker: Maker) -> list[Good]:
    return [
        Good(
            maker=maker,
            kind_id=good.kind_code,
            price_rupiah=good.price_rupiah,
            weekly_capacity=good.weekly_capacity,
            minimum_lot=good.minimum_lot,
        )
        for good in new.goods
    ]


def _houses(new: NewMaker, maker: Maker) -> list[Household]:
    return [Household(maker=maker, person=person, hamlet=maker.hamlet) for person in new.households]


def told_of(new: NewMaker) -> dict[str, Any]:
    """What a record may say of a new maker: keys, numbers and digests."""
    salt = new.owner.salt
    private = {"name": new.name, "hamlet": new.hamlet, "house": new.house, "bank_account": new.bank_account}
    private["nib"] = new.nib
    return {
        "kind": str(new.kind),
        "owner": new.owner.key,
        "village": new.village.pk,
        "households": [person.key for person in new.households],
        "unnamed_households": new.unnamed_households,
        "goods": [[g.kind_code, g.price_rupiah, g.weekly_capacity, g.minimum_lot] for g in new.goods],
        **{field: salted_digest(salt, value) for field, value in private.items() if value},
    }
