from types import SimpleNamespace

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

SAHNIM = SimpleNamespace(full_name="Baiq Sahnim", phone="+6281234567890", email="sahnim@contoh.test")


@pytest.mark.parametrize("password", ["kopi-sapit-tetebatu", "jagung titi sembalun"])
def test_three_words_that_do_not_belong_together_are_accepted(password):
    validate_password(password, SAHNIM)


@pytest.mark.parametrize(
    "password",
    [
        "pendek",
        "1234567890",
        "sahnim2026",
        "Sahnim@contoh.test",
        "081234567890",
        "password123",
        "sahnim12345",
    ],
)
def test_short_common_and_own_words_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, SAHNIM)


def test_without_a_person_only_length_and_custom_count():
    validate_password("kopi-sapit-tetebatu", None)
    assert len([text for text in password_validators_help_texts() if text]) == 3
