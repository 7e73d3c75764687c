from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lumbung.certification import rules
from lumbung.certification.choices import CertificateState, Covers

DAY = date(2026, 5, 6)


@dataclass
class Paper:
    valid_until: date | None = None
    revoked_on: date | None = None


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("until", "revoked", "state"),
    [
        (None, None, "valid"),
        (DAY + timedelta(days=91), None, "valid"),
        (DAY + timedelta(days=90), None, "expiring"),
        (DAY, None, "expiring"),
        (DAY - timedelta(days=1), None, "expired"),
        (None, DAY, "revoked"),
        (DAY - timedelta(days=1), DAY, "revoked"),
        (None, DAY + timedelta(days=1), "valid"),
    ],
)
def test_the_state_is_told_from_the_dates(until, revoked, state):
    assert rules.state_of(Paper(until, revoked), on=DAY) == state


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_certificate_counts_on_its_last_day_and_no_longer_on_the_next(until, on):
    counts = rules.state_of(Paper(until), on=on) in {CertificateState.VALID, CertificateState.EXPIRING}
    assert counts == (on <= until)


def test_what_cannot_be_right_about_a_certificate_is_told_at_its_field():
    faults = rules.faults_of_certificate(
        number=" ", valid_from=DAY + timedelta(days=1), valid_until=DAY, today=DAY
    )
    assert set(faults) == {"number", "valid_from", "valid_until"}
    assert rules.faults_of_certificate(number="1", valid_from=DAY, valid_until=DAY, today=DAY) == {}


def test_a_skill_is_a_persons_and_a_product_a_makers():
    assert rules.why_not_holder(Covers.SKILL, of_person=True) is None
    assert rules.why_not_holder(Covers.PRODUCT, of_person=False) is None
    assert rules.why_not_holder(Covers.SKILL, of_person=False) == (
        "This scheme is about a person's skill: choose the person."
    )
    assert rules.why_not_holder(Covers.PRODUCT, of_person=True) == (
        "This scheme is about a product: choose the maker's goods."
    )


def test_nothing_is_revoked_without_a_reason():
    assert rules.why_not_revoke(" ") == "Write the reason: the holder has a right to it."
    assert rules.why_not_revoke("Palsu") is None


def test_a_scheme_has_a_code_and_two_names():
    assert rules.why_not_scheme("halal", "Halal", "Halal") is None
    assert rules.why_not_scheme("", "Halal", "Halal")
    assert rules.why_not_scheme("halal", "Halal", " ")
