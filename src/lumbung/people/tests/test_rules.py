import re

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.reading import read_phone
from lumbung.people import rules
from lumbung.people.choices import DEMO_PASSWORD, LinkPurpose, Salutation
from lumbung.people.models import Link, Person


def link(**fields):
    known = {
        "purpose": LinkPurpose.ANSWER_SHARE,
        "subject": "share:1",
        "nonce": "ab",
        "person": Person(phone="+6281234567890"),
    }
    made = Link(**{**known, **fields})
    made.secret_hash = rules.hash_of(rules.current_secret(made))
    return made


@given(st.text(), st.text(), st.text())
def test_a_secret_is_sixteen_letters_that_cannot_be_misread(nonce, purpose, subject):
    secret = rules.secret_from(key="k", nonce=nonce, purpose=purpose, subject=subject)
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{16}", secret)
    assert rules.secret_as_read(secret) == secret


def test_each_part_of_a_link_and_the_key_of_the_server_make_the_secret():
    given_ = {"key": "k", "nonce": "a", "purpose": "p", "subject": "s"}
    others = [{**given_, name: "other"} for name in given_]
    assert len({rules.secret_from(**parts) for parts in [given_, *others]}) == 5


def test_capitals_spaces_hyphens_and_misread_letters_do_not_matter():
    assert rules.secret_as_read("1O0i-L vU") == "10011vv"


def test_the_secret_is_told_again_and_only_its_hash_is_kept():
    made = link()
    secret = rules.secret_of(made)
    assert rules.hash_of(secret) == made.secret_hash
    assert secret not in str(vars(made))


def test_a_link_made_under_an_older_key_still_tells_its_secret():
    with override_settings(SECRET_KEY="old-key"):
        made = link()
        secret = rules.secret_of(made)
    with override_settings(SECRET_KEY="new-key", SECRET_KEY_FALLBACKS=["old-key"]):
        assert rules.secret_of(made) == secret
    with override_settings(SECRET_KEY="new-key"), pytest.raises(LookupError):
        rules.secret_of(made)


def test_a_link_opens_until_it_is_over_or_withdrawn():
    now = clock.now()
    assert rules.why_not_open(link(), now) is None
    assert rules.why_not_open(link(expires_at=now.replace(year=2099)), now) is None
    assert rules.why_not_open(link(expires_at=now), now)
    assert rules.why_not_open(link(revoked_at=now), now)
    assert rules.why_not_open(link(revoked_at=now), now) != rules.why_not_open(link(expires_at=now), now)


def test_five_wrong_answers_shut_a_link_for_answers_but_not_for_reading():
    now = clock.now()
    assert rules.why_not_answer(link(wrong_digits=4), now) is None
    assert rules.why_not_answer(link(wrong_digits=5), now)
    assert rules.why_not_open(link(wrong_digits=5), now) is None


@pytest.mark.parametrize("typed", ["7890", " 7890 ", "78-90"])
def test_the_last_four_digits_fit_however_they_are_typed(typed):
    assert rules.why_not_digits(link(), typed) is None


@pytest.mark.parametrize(
    ("typed", "counted"), [("", False), ("789", False), ("78901", False), ("٧٨٩٠", False), ("0000", True)]
)
def test_a_slip_of_the_thumb_is_no_guess(typed, counted):
    assert rules.why_not_digits(link(), typed)
    assert rules.counts_as_wrong(link(), typed) is counted


def test_without_a_registered_phone_nothing_is_guessed():
    assert rules.why_not_digits(link(person=Person()), "0000")
    assert rules.counts_as_wrong(link(person=Person()), "0000") is False


@pytest.mark.parametrize(
    ("phone", "shown", "masked"),
    [
        ("+6281234567890", "0812-3456-7890", "0812-••••-7890"),
        ("+628123456789", "0812-3456-789", "0812-••••-6789"),
        ("+62812345678901", "0812-3456-78901", "0812-••••-8901"),
        ("+62376123", "0376-123", "••••"),
        ("", "", ""),
    ],
)
def test_a_phone_is_shown_and_masked(phone, shown, masked):
    assert rules.phone_shown(phone) == shown
    assert rules.masked_phone(phone) == masked


@given(st.from_regex(r"\+628[0-9]{7,11}", fullmatch=True))
def test_a_phone_that_is_shown_is_read_again_and_a_masked_one_is_not(phone):
    assert read_phone(rules.phone_shown(phone)) == phone
    with pytest.raises(ValueError):
        read_phone(rules.masked_phone(phone))


def test_the_demo_password_is_for_persons_of_a_demo_alone():
    with override_settings(DEMO=True):
        assert rules.why_not_password(DEMO_PASSWORD, Person(is_demo=True)) is None
        assert rules.why_not_password(DEMO_PASSWORD, Person())
    with override_settings(DEMO=False):
        assert rules.why_not_password(DEMO_PASSWORD, Person(is_demo=True))


def test_a_person_is_addressed_as_one_speaks():
    sahnim = Person(pk=7, full_name="Sahnim Wati", salutation=Salutation.IBU)
    assert (str(sahnim), sahnim.key, sahnim.get_full_name(), sahnim.get_short_name()) == (
        "Sahnim Wati",
        "person:7",
        "Sahnim Wati",
        "Sahnim",
    )
    assert (sahnim.addressed_as, sahnim.you) == ("Ibu Sahnim Wati", "Ibu")
    assert Person(full_name="Sahnim").addressed_as == "Sahnim"
    assert Person(full_name="Sahnim").you
