"""The letters of an order, as they were issued."""

from collections.abc import Iterable

from lumbung.dossier.queries.order import day, moment
from lumbung.dossier.queries.papers import Papers
from lumbung.files.queries import path_of
from lumbung.letters.models import Letter


def letters_of(subjects: Iterable[str]) -> Papers:
    """The rows of data/letters.json, and the PDFs under the paths that they name."""
    letters = list(Letter.objects.filter(subject__in=list(subjects)).order_by("pk"))
    rows = [
        {
            "key": letter.key,
            "kind": letter.kind,
            "number": letter.number,
            "title": letter.title,
            "subject": letter.subject,
            "path": _path(letter),
            "sha256": letter.sha256,
            "issued_on": day(letter.issued_on),
            "issued_at": moment(letter.issued_at),
            "issued_by": letter.issued_by,
            "replaces": f"letter:{letter.replaces_id}" if letter.replaces_id else None,
            "voided_at": moment(letter.voided_at),
            "voided_by": letter.voided_by,
            "void_reason": letter.void_reason,
        }
        for letter in letters
    ]
    return rows, {_path(letter): path_of(letter.sha256).read_bytes() for letter in letters}


def _path(letter: Letter) -> str:
    return f"letters/{letter.kind}-{letter.pk}.pdf"
