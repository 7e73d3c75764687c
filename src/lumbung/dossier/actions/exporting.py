"""One order read whole, written as a file that proves itself, and noted."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from lumbung.dossier import queries
from lumbung.dossier.choices import EXPORTED
from lumbung.dossier.models import Export
from lumbung.dossier.queries.order import moment
from lumbung.dossier.rules import paper, sheets
from lumbung.orders.models import Order
from lumbung.people.actions import note_personal_reads
from lumbung.records.actions import leave_record
from orderdossier import verify, write

STEPS = 4
TRIES = 3
"""Deeds go on while an order is read; what does not hang together for that reason is read again."""

Tell = Callable[..., None]


def say_nothing(number: int, of: int, words: str) -> None:
    """For whoever does not want to know how far it is."""


def export_dossier(*, order: Order, by: str, tell: Tell = say_nothing) -> Export:
    """Write the order's dossier, verify it as a stranger would, and keep it under its hash.

    Its own record stands on the order's chain behind what the dossier holds.
    """
    folder = Path(settings.DOSSIER_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "dossier.zip"
        for _try in range(TRIES):
            whole = _written(path, order, by=by, tell=tell)
            tell(4, STEPS, _("Verifying it as a stranger would"))
            faults = verify(path, queries.signer().public).faults
            if not faults:
                return _kept(order, path, whole, by=by)
    raise RuntimeError(f"The dossier does not hold: {'; '.join(map(str, faults[:5]))}")


def _written(path: Path, order: Order, *, by: str, tell: Tell) -> queries.Whole:
    tell(1, STEPS, _("Reading the order"))
    whole, made_at = queries.whole_of(order), clock.now()
    tell(2, STEPS, _("Writing it for people to read"))
    parts = whole.parts()
    parts |= {paper.NAME: paper.pdf_of(whole.tables, made_at), sheets.NAME: sheets.workbook_of(whole.tables)}
    tell(3, STEPS, _("Signing it"))
    write(
        path,
        parts,
        order=order.code,
        office=settings.OFFICE_NAME,
        made_at=str(moment(made_at)),
        made_by=by,
        signer=queries.signer(),
    )
    return whole


def _kept(order: Order, path: Path, whole: queries.Whole, *, by: str) -> Export:
    key = str(queries.signer().public)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with transaction.atomic():
        export = Export.objects.create(
            order=order, sha256=digest, size_bytes=path.stat().st_size, key=key, made_by=by
        )
        content = {"sha256": digest, "bytes": export.size_bytes, "key": key}
        leave_record(subject=order.key, deed=EXPORTED, by=by, content=content)
        named = [key for key in whole.tables["names"] if key.startswith("person:")]
        note_personal_reads(
            reader=by,
            page=f"dossier {order.code}",
            fields="full_name",
            persons=[int(key.removeprefix("person:")) for key in named],
        )
    path.replace(queries.path_of(export))
    return export
