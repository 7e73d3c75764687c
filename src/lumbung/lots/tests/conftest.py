"""The cast of the room's pages: two makers, near and far, each with cloth and a lot."""

import pytest

from lumbung.lots import actions
from lumbung.lots.actions import Use
from lumbung.lots.models import Holding
from lumbung.lots.queries import subjects
from lumbung.lots.queries.subjects import Recipient, Subject
from lumbung.lots.tests.factories import BY, lot, material, stocked
from lumbung.makers.tests.factories import good, group, household, kind, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.tests.factories import person


@pytest.fixture
def troupe(monkeypatch):
    """The cast, and two makers, one in the officer's regency and one far away, each with cloth and a lot."""
    village()
    people = cast()
    people.cloth = material()
    people.store = stocked(people.cloth)
    people.here = maker("Jahit Sahnim", owner=person("Sahnim", account=True))
    people.far = group("Beriuk", village=village("52.02.01.2001", "Kuta"))
    good(people.here)
    people.houses = [household(people.far, person(name)) for name in ("Aminah", "Rohana")]
    good(people.far)
    for place, who in enumerate((people.here, people.far), start=7):
        actions.hand_out(
            material=people.cloth,
            quantity=120_000,
            store=people.store,
            maker=who,
            subject=f"tailoring:{place}",
            by=BY,
        )
    people.lot = lot(people.here, 100, subject="tailoring:7")
    people.far_lot = lot(people.far, 50, subject="tailoring:8")
    people.account = Holding.objects.get(subject="tailoring:7")
    people.far_account = Holding.objects.get(subject="tailoring:8")
    monkeypatch.setattr(subjects, "_offers", [lambda who: [Subject("bundle:1", "1.000 masks")]])
    monkeypatch.setitem(
        subjects._finders,
        "bundle",
        lambda key: [
            Recipient(people.here.pk, "tailoring:7", 2_000, ("goods:masker-kain",)),
            Recipient(people.far.pk, "tailoring:8", 500, ("goods:masker-kain",)),
        ],
    )
    return people


@pytest.fixture
def officer(client, troupe):
    client.force_login(troupe.officer)
    return client


@pytest.fixture
def oil(troupe):
    """Two houses' oil poured into one lot."""
    goods = kind("minyak", "Minyak kelapa", unit="bottle")
    parts = [
        lot(who, amount, goods=goods, holder=troupe.store.key)
        for who, amount in ((troupe.here, 70), (troupe.far, 86))
    ]
    uses = [Use(part.quantity, part) for part in parts]
    return parts, actions.join_lots(parts=uses, holder=troupe.store.key, by=BY)
