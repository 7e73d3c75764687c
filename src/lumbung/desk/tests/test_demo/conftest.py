"""A small demo, built once for all these tests and taken back afterwards."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

MAKERS = 420


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """What the command said while it built the demo."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        call_command("demo", makers=MAKERS, lang="en", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: str, db: None) -> str:
    return built
