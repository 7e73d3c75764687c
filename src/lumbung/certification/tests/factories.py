"""Schemes and certificates for tests."""

from datetime import timedelta
from itertools import count
from typing import Any

from foundation import clock
from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.makers.models import Good
from lumbung.people.models import Person

_numbers = count(1)


def scheme(code: str = "halal", name: str = "Halal", covers: Covers = Covers.PRODUCT) -> Scheme:
    values = {"name": name, "name_en": f"{name} (en)", "covers": covers}
    found, _new = Scheme.objects.get_or_create(code=code, defaults=values)
    return found


def skill(code: str = "menjahit", name: str = "Menjahit pakaian jadi") -> Scheme:
    return scheme(code, name, Covers.SKILL)


def certificate(
    of: Person | Good, *, under: Scheme | None = None, days: int | None = 365, **fields: Any
) -> HeldCertificate:
    """A certificate that began a year ago and ends in so many days (None: never)."""
    today = clock.today()
    fields.setdefault("number", f"CONTOH-{next(_numbers):04d}")
    fields.setdefault("valid_from", today - timedelta(days=365))
    fields.setdefault("valid_until", None if days is None else today + timedelta(days=days))
    holder: dict[str, Any] = {"person": of} if isinstance(of, Person) else {"good": of}
    under = under or (skill() if isinstance(of, Person) else scheme())
    return HeldCertificate.objects.create(scheme=under, **holder, **fields)
