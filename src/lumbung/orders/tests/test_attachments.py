"""Files of an order: the office's while it is a draft, everybody's from publication on."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from lumbung.files.models import Attachment
from lumbung.files.tests.factories import pdf
from lumbung.orders.actions.ordering import publish_order
from lumbung.orders.models import Order
from lumbung.orders.tests import factories as make
from lumbung.records.queries import records_about, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def draft() -> Order:
    order = make.order(published=False)
    make.line(order)
    return order


def added(officer: Client, order: Order) -> Attachment:
    upload = pdf()
    upload.name = "pola.pdf"
    officer.post(f"/pesanan/{order.code}/berkas/", {"file": upload})
    return Attachment.objects.latest("pk")


def status(who: Client, of: Attachment) -> int:
    answer = who.get(of.get_absolute_url())
    answer.getvalue() if answer.streaming else answer.content
    return answer.status_code


def test_a_draft_shows_its_files_to_nobody_outside_not_even_by_address(officer: Client) -> None:
    kept = added(officer, draft())
    assert (status(officer, kept), status(Client(), kept)) == (200, 404)


def test_publication_opens_them_and_leaves_a_record(officer: Client) -> None:
    order = draft()
    kept = added(officer, order)
    publish_order(order=order, by="person:1")
    assert status(Client(), kept) == 200
    record = next(one for one in told(records_about(order.key)) if one.record.deed == "files.opened")
    assert record.content == {"attachments": [kept.pk]}


def test_what_is_added_later_is_seen_at_once(officer: Client) -> None:
    assert status(Client(), added(officer, make.order())) == 200


def test_after_publication_a_file_is_taken_away_with_a_reason_only(officer: Client) -> None:
    order = make.order()
    kept = added(officer, order)
    remove = f"/pesanan/{order.code}/berkas/{kept.pk}/hapus/"
    page = officer.post(remove, {"reason": " "}, follow=True).content.decode()
    assert "Write why it is taken away." in page
    assert status(Client(), kept) == 200
    officer.post(remove, {"reason": "Foto orang lain."})
    assert status(Client(), kept) == 404
    record = next(one for one in told(records_about(order.key)) if one.record.deed == "files.removed")
    assert record.content["reason"] == "Foto orang lain."


def test_a_draft_loses_its_file_without_a_reason(officer: Client) -> None:
    order = draft()
    kept = added(officer, order)
    officer.post(f"/pesanan/{order.code}/berkas/{kept.pk}/hapus/")
    kept.refresh_from_db()
    assert kept.removed_at
