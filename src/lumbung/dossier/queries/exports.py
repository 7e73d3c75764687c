"""Dossiers that were made, where their files lie, and the key that signs them."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Min, QuerySet

from lumbung.dossier.models import Export
from lumbung.orders.models import Order
from lumbung.orders.queries.orders import may_read_all
from orderdossier import Signer


def may_make(person: object) -> bool:
    """Who reads the whole of every order may take it away: the office and its auditor."""
    return may_read_all(person)


def exports_of(order: Order) -> QuerySet[Export]:
    return Export.objects.filter(order=order).select_related("order").order_by("-id")


def export_of_hash(sha256: str) -> Export | None:
    """The dossier that the office made with these very bytes."""
    return Export.objects.filter(sha256=sha256).select_related("order").first()


def path_of(export: Export) -> Path:
    return Path(settings.DOSSIER_ROOT) / f"{export.sha256}.zip"


def signer() -> Signer:
    """Derived from the installation's secret, as links are: nothing more to keep, and nothing more to lose."""
    return Signer(hashlib.sha256(b"lumbung dossier key\n" + settings.SECRET_KEY.encode()).digest())


def published_keys() -> list[tuple[str, datetime | None]]:
    """Every key that signed a dossier and since when; today's first, even before it has signed one."""
    now = str(signer().public)
    found = dict(Export.objects.values_list("key").annotate(since=Min("made_at")))
    older = sorted(((key, since) for key, since in found.items() if key != now), key=lambda pair: pair[1])
    return [(now, found.get(now)), *reversed(older)]
