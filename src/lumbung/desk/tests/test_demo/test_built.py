"""The demo as it stands: something true in every state, all of it marked, nothing that could be a real person."""

import json
import re
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Sum
from django.test import override_settings

from foundation import clock
from lumbung.certification.models import HeldCertificate
from lumbung.desk.management.demo.names import PHONES_OF_NOBODY
from lumbung.desk.tests.test_demo.conftest import MAKERS
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.models import BusyWeek, DuplicateReview, Maker
from lumbung.objections.choices import ObjectionOutcome, ObjectionState
from lumbung.objections.models import Objection, ObjectionAnswer, ReasonTold
from lumbung.orders.choices import OrderState, ShareState, SplitState
from lumbung.orders.models import Order, OrderLine, PriorityVillage, Share, Split
from lumbung.orders.rules.order import order_state
from lumbung.people.models import Person
from lumbung.people.queries import demo_accounts
from lumbung.records.models import Pending, Record, Seal
from lumbung.records.queries import faults, has_words

pytestmark = pytest.mark.usefixtures("demo")


def test_there_is_an_order_in_every_state() -> None:
    states = {order_state(order, order.lines.all()) for order in Order.objects.all()}
    assert states == set(OrderState)


def test_there_is_a_split_and_a_share_in_every_state() -> None:
    assert set(Split.objects.values_list("state", flat=True)) >= set(SplitState) - {SplitState.SUPERSEDED}
    assert set(Share.objects.values_list("state", flat=True)) == set(ShareState)


def test_what_came_back_was_split_again_and_nothing_went_astray() -> None:
    assert Split.objects.filter(parent__isnull=False).count() >= 10
    for line in OrderLine.objects.filter(shares__isnull=False).distinct():
        held = line.shares.filter(state__in=["accepted", "partly"]).aggregate(
            sum=Sum(F("confirmed_quantity") - F("released_quantity"), default=0)
        )
        assert held["sum"] == line.confirmed_quantity <= line.quantity
    assert not Pending.objects.filter(delivered_at__isnull=True).exists()


def test_a_year_and_a_half_of_turns_can_be_looked_back_upon() -> None:
    decided = Split.objects.filter(parent__isnull=True, decided_at__isnull=False)
    days = [clock.day_of(split.decided_at) for split in decided if split.decided_at]
    assert clock.today() - min(days) > timedelta(days=520)
    assert len({(day.year, day.month) for day in days}) >= 8
    answered = Share.objects.filter(answered_at__isnull=False).select_related("split")
    assert all(share.answered_at >= share.sent_at >= share.offered_at for share in answered)
    assert all(share.answered_at < share.answer_until for share in answered)


def test_there_is_an_objection_in_every_state_and_one_that_waits_too_long() -> None:
    assert set(Objection.objects.values_list("state", flat=True)) == set(ObjectionState)
    outcomes = ObjectionAnswer.objects.values_list("outcome", flat=True)
    assert set(outcomes) == set(ObjectionOutcome)
    assert [o.is_overdue() for o in Objection.objects.all()].count(True) == 1
    assert ReasonTold.objects.exists()


def test_turns_newcomers_and_priority_villages_count_in_some_orders() -> None:
    terms = Order.objects.filter(turn_credit_bp__gt=0, newcomer_quota_bp__gt=0, priority_credit_bp__gt=0)
    assert terms.exists()
    listed = PriorityVillage.objects.all()
    assert all(one.basis.startswith("DATA CONTOH") for one in listed)
    assert {one.ends_on is None for one in listed} == {True, False}


def test_one_line_cannot_be_filled_and_one_order_has_several_sizes() -> None:
    export = Order.objects.get(title__startswith="Tas ketak untuk ekspor")
    assert [line.splits.exists() for line in export.lines.all()] == [False, False]
    assert Order.objects.get(title__startswith="Seragam sekolah dasar").lines.count() == 3


def test_the_order_of_the_walkthrough_is_open_and_not_yet_split() -> None:
    masks = Order.objects.get(title="Masker kain dua lapis")
    assert (masks.published_at is not None, masks.lines.get().splits.count()) == (True, 0)
    assert masks.is_public
    assert masks.legal_basis.startswith("DATA CONTOH")


def test_the_register_has_something_for_every_list() -> None:
    states = Counter(Maker.objects.values_list("state", flat=True))
    assert set(states) == set(MakerState)
    assert Maker.objects.filter(kind=MakerKind.GROUP, households__gt=2).exists()
    assert BusyWeek.objects.exists()
    assert DuplicateReview.objects.exists()
    today = clock.today()
    held = HeldCertificate.objects.all()
    assert held.filter(revoked_on__isnull=False).exists()
    assert held.filter(valid_until__lt=today).exists()
    assert held.filter(valid_until__gt=today).exists()


def test_every_row_is_marked_as_demo() -> None:
    marked = [
        model for model in apps.get_models() if any(field.name == "is_demo" for field in model._meta.fields)
    ]
    assert {model.__name__ for model in marked} >= {"Person", "Party", "Maker", "Order", "HeldCertificate"}
    for model in marked:
        assert not model._default_manager.filter(is_demo=False).exists(), model.__name__


def test_nobody_in_it_could_be_real() -> None:
    people = Person.objects.all()
    assert all(p.phone.startswith(PHONES_OF_NOBODY) for p in people if p.phone)
    assert all(p.email.endswith("@contoh.test") for p in people if p.email)
    assert not [p for p in people if re.search(r"\d", p.full_name)]


def test_the_accounts_of_the_walkthrough_can_sign_in() -> None:
    names = {person.email or person.phone for person in demo_accounts()}
    mails = {
        f"{name}@contoh.test"
        for name in [
            "rohani",
            "wirawan",
            "suherman",
            "nuraini",
            "taufik",
            "zaini",
            "halimah",
            "sudarma",
            "wahyuni",
            "rahmat",
        ]
    }
    assert names == mails | {"+6280000000001", "+6280000000031"}
    tailor, captain = (Maker.objects.get(owner__phone=f"+62800000000{end}") for end in ("01", "31"))
    assert (tailor.kind, captain.kind) == (MakerKind.WORKSHOP, MakerKind.GROUP)
    assert tailor.goods.filter(kind="masker-kain").exists()


def test_the_chains_are_whole_and_every_day_was_sealed() -> None:
    assert list(faults()) == []
    days = {clock.day_of(at) for at in Record.objects.values_list("at", flat=True)}
    assert Seal.objects.count() >= len(days)


def test_twice_does_no_harm() -> None:
    records, said = Record.objects.count(), StringIO()
    call_command("demo", lang="en", stdout=said)
    assert "stands already" in said.getvalue()
    assert Record.objects.count() == records


def test_it_says_how_far_it_is(demo: str) -> None:
    assert re.search(r"\d+ of \d+ steps", demo)
    assert "All of it is invented" in demo


def test_a_real_office_gets_no_demo() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="no demo"):
        call_command("demo", lang="en")


def break_off() -> None:
    """As a demo stands that was interrupted: much is there, the last record is not."""
    Record.objects.filter(deed="desk.demo_built").delete()


def test_a_demo_that_was_broken_off_says_what_to_do() -> None:
    break_off()
    with pytest.raises(CommandError, match="lumbung demo --anew"):
        call_command("demo", lang="en")


def test_a_demo_that_was_broken_off_is_built_anew_from_an_empty_database() -> None:
    break_off()
    stranded = Order.objects.latest("pk")
    Order.objects.filter(pk=stranded.pk).update(title="Terputus")
    connection.check_constraints()  # PostgreSQL empties no table that a transaction still has to check
    said = StringIO()
    call_command("demo", anew=True, makers=MAKERS, lang="en", stdout=said)
    assert "empty again" in said.getvalue()
    assert not Order.objects.filter(title="Terputus").exists()
    assert Record.objects.filter(deed="desk.demo_built").count() == 1
    assert list(faults()) == []


def test_anew_takes_away_nothing_that_is_no_demo() -> None:
    Order.objects.filter(pk=Order.objects.latest("pk").pk).update(is_demo=False)
    orders = Order.objects.count()
    with pytest.raises(CommandError, match="no demo; nothing was changed"):
        call_command("demo", anew=True, lang="en")
    assert Order.objects.count() == orders


def test_every_field_of_every_record_has_words() -> None:
    silent = {
        f"{record.deed}: {name}"
        for record in Record.objects.iterator()
        for name in json.loads(record.content)
        if not has_words(record.deed, name)
    }
    assert silent == set()
