"""Letters come about by themselves where it was switched on, once, and nowhere else."""

import pytest
from django.test import Client

from lumbung.deliveries.choices import DELIVERED
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.orders.models import Share
from lumbung.orders.tests.office import signed_in
from lumbung.organisations.models import Party
from lumbung.organisations.tests.factories import Cast
from lumbung.paperwork import receivers
from lumbung.paperwork.actions import set_habit
from lumbung.paperwork.choices import HABIT_SET, ComesAbout
from lumbung.paperwork.models import Habit
from lumbung.paperwork.tests import factories as make
from lumbung.paperwork.tests.factories import BY, SITE
from lumbung.records.models import Pending, Record

pytestmark = pytest.mark.django_db


def switched(
    office: Party, *kinds: LetterKind, way: ComesAbout = ComesAbout.ITSELF, **fields: object
) -> None:
    for kind in kinds:
        set_habit(office=office, kind=kind, way=way, site=SITE, by=BY, **fields)


ALL = (LetterKind.ORDER, LetterKind.DELIVERY, LetterKind.INSPECTION, LetterKind.RECEIPT)


@pytest.fixture
def happens(django_capture_on_commit_callbacks):
    """What waits for the commit happens now."""

    def happens(deed):
        with django_capture_on_commit_callbacks(execute=True):
            return deed()

    return happens


def lives(happens) -> Share:
    """A share is confirmed, delivered, inspected and paid."""
    share = happens(lambda: make.held(make.line(), 100))
    delivery = happens(lambda: make.delivered(share, 100))
    happens(lambda: make.inspected(delivery))
    happens(lambda: make.paid(share))
    return share


def test_nothing_comes_about_by_itself_unless_it_was_switched_on(happens) -> None:
    make.signing()
    lives(happens)
    assert not Letter.objects.exists()


def test_switched_on_each_letter_comes_about_as_soon_as_it_happens(happens) -> None:
    switched(make.signing(), *ALL)
    lives(happens)
    assert list(Letter.objects.order_by("pk").values_list("kind", flat=True)) == [str(kind) for kind in ALL]
    assert set(Letter.objects.values_list("issued_by", flat=True)) == {"room:paperwork"}
    assert not Pending.objects.exclude(failure="").exists()


def test_only_the_kind_that_was_switched_on_comes_about(happens) -> None:
    switched(make.signing(), LetterKind.DELIVERY)
    lives(happens)
    assert [letter.kind for letter in Letter.objects.all()] == ["bast"]


def test_told_twice_it_stands_already(happens) -> None:
    switched(make.signing(), LetterKind.DELIVERY)
    lives(happens)
    receivers.delivery_record(Record.objects.get(deed=DELIVERED))
    assert Letter.objects.count() == 1


def test_an_order_may_have_it_otherwise_and_go_back(happens) -> None:
    office = make.signing()
    switched(office, LetterKind.ORDER)
    line = make.line()
    switched(office, LetterKind.ORDER, way=ComesAbout.BY_HAND, order=line.order)
    happens(lambda: make.held(line, 10))
    assert not Letter.objects.exists()
    switched(office, LetterKind.ORDER, way=ComesAbout.USUAL, order=line.order)
    happens(lambda: make.held(line, 10))
    assert Letter.objects.count() == 1


def test_without_letterhead_nothing_fails_and_nothing_comes_about(happens) -> None:
    from lumbung.organisations.tests.factories import party

    switched(party(), *ALL)
    lives(happens)
    assert not Letter.objects.exists()
    assert not Pending.objects.exclude(failure="").exists()


def test_without_any_address_for_the_codes_nothing_comes_about(happens) -> None:
    set_habit(office=make.signing(), kind=LetterKind.ORDER, way=ComesAbout.ITSELF, by=BY)
    happens(lambda: make.held(make.line(), 10))
    assert not Letter.objects.exists()


def test_each_change_is_a_row_with_a_record_and_the_same_again_is_none() -> None:
    office = make.signing()
    switched(office, LetterKind.ORDER)
    switched(office, LetterKind.ORDER)
    switched(office, LetterKind.ORDER, way=ComesAbout.BY_HAND)
    assert [habit.way for habit in Habit.objects.order_by("pk")] == ["itself", "by_hand"]
    assert Record.objects.filter(deed=HABIT_SET, subject=office.key).count() == 2


def test_the_office_sets_its_habits_on_a_page(people: Cast, officer: Client) -> None:
    make.signing(people.office)
    sent = {"spk": "by_hand", "bast": "itself", "inspection": "by_hand", "receipt": "itself"}
    assert officer.post("/surat/terbit-sendiri/", sent).url == "/surat/"
    assert {habit.kind for habit in Habit.objects.all()} == {"bast", "receipt"}
    assert all(habit.site for habit in Habit.objects.all())


def test_one_order_has_habits_of_its_own(people: Cast, officer: Client) -> None:
    make.signing(people.office)
    order = make.line().order
    address = f"/pesanan/{order.code}/surat/terbit-sendiri/"
    assert "As for every order" in officer.get(address).content.decode()
    sent = {"spk": "itself", "bast": "usual", "inspection": "usual", "receipt": "usual"}
    assert officer.post(address, sent).url == f"/pesanan/{order.code}/surat/"
    assert Habit.objects.get().order == order


def test_an_office_has_no_exception_from_itself(people: Cast, officer: Client) -> None:
    sent = dict.fromkeys(["spk", "bast", "inspection", "receipt"], "usual")
    assert "error" in officer.post("/surat/terbit-sendiri/", sent).content.decode()
    assert not Habit.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("decider", 200), ("auditor", 403), ("buyer", 403), ("maker", 403)]
)
def test_who_opens_the_habits_of_the_office(people: Cast, role: str, status: int) -> None:
    assert signed_in(getattr(people, role)).get("/surat/terbit-sendiri/").status_code == status
