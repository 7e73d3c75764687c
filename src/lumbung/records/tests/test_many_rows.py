"""Many rows at once, by COPY on PostgreSQL and by `executemany` on SQLite, come back as they went in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.vendor import rows
from foundation.vendor.rows import insert_rows, write_column
from lumbung.records.models import Seal

pytestmark = pytest.mark.django_db

AWKWARD = ["", "\\N", "tab\there", "line\nhere", 'a "quoted" \\ word', "Lombok – désa ½ 織"]


def test_every_text_and_moment_comes_back_as_it_went_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 4)
    at, told = clock.now(), []
    wanted = [(number, 1, text, at + timedelta(hours=number)) for number, text in enumerate(AWKWARD)]
    written = insert_rows(Seal, ["last_record", "chains", "hash", "sealed_at"], wanted, told=told.append)
    assert (written, told) == (6, [4, 6])
    assert (
        list(Seal.objects.order_by("last_record").values_list("last_record", "chains", "hash", "sealed_at"))
        == wanted
    )


def test_one_refused_row_takes_all_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 1)
    first = [(1, 1, "x", clock.now()), (None, 1, "x", clock.now())]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Seal, ["last_record", "chains", "hash", "sealed_at"], first)
    assert not Seal.objects.exists()


def test_one_column_of_many_rows_is_written_and_no_other() -> None:
    made = Seal.objects.bulk_create([Seal(last_record=n, chains=0, hash=str(n)) for n in range(5)])
    write_column(Seal, "chains", {seal.pk: seal.last_record * 2 for seal in made[1:]})
    assert list(Seal.objects.order_by("pk").values_list("chains", "hash")) == [
        (0, "0"), (2, "1"), (4, "2"), (6, "3"), (8, "4")
    ]  # fmt: skip
