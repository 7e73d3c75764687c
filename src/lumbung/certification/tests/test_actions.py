from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from foundation import clock
from foundation.errors import Refused
from lumbung.certification import actions
from lumbung.certification.actions import NewCertificate
from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.certification.tests.factories import certificate, scheme, skill
from lumbung.makers.tests.factories import good
from lumbung.people.tests.factories import person
from lumbung.records.actions import read_content
from lumbung.records.models import Record
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db
BY = "person:1"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def grant(**fields) -> HeldCertificate:
    values = {"scheme": scheme(), "number": "ID-1", "valid_from": clock.today(), "by": BY} | fields
    return actions.grant_certificate(**values)


def test_a_scheme_is_added_once():
    new = actions.add_scheme(name="Penjahit SKKNI", name_en="Tailor", covers=Covers.SKILL, by=BY)
    assert (new.code, new.words) == ("penjahit-skkni", "Tailor")
    with translation.override("id"):
        assert new.words == "Penjahit SKKNI"
    with pytest.raises(Refused, match="stands in the list already"):
        actions.add_scheme(name="penjahit skkni", name_en="x", covers=Covers.SKILL, by=BY)
    with pytest.raises(Refused, match="name in both languages"):
        actions.add_scheme(name="", name_en="", covers=Covers.SKILL, by=BY)
    assert Scheme.objects.count() == 1
    assert Record.objects.get(subject="scheme:penjahit-skkni").deed == "certification.scheme_added"


def test_a_certificate_is_written_down_once():
    of = good()
    first = grant(good=of, number=" ID-1 ")
    assert grant(good=of) == first
    assert first.number == "ID-1"
    assert [record.deed for record in records_about(first.key)] == ["certification.granted"]


def test_the_number_of_a_persons_certificate_stays_out_of_the_records():
    held = grant(scheme=skill(), person=person(), number="BNSP-778")
    assert "BNSP-778" not in records_about(held.key).get().content


def test_a_number_belongs_to_one_holder():
    grant(good=good())
    with pytest.raises(Refused, match="Somebody else holds") as refused:
        grant(good=good())
    assert refused.value.field == "number"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (lambda: {"good": good(), "number": ""}, "number"),
        (lambda: {"good": good(), "valid_from": clock.today() + timedelta(days=1)}, "valid_from"),
        (lambda: {"good": good(), "valid_until": clock.today() - timedelta(days=1)}, "valid_until"),
        (dict, "holder"),
        (lambda: {"good": good(), "person": person()}, "holder"),
        (lambda: {"person": person()}, "holder"),
        (lambda: {"scheme": skill(), "good": good()}, "holder"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(fields, field):
    with pytest.raises(Refused) as refused:
        grant(**fields())
    assert refused.value.field == field
    assert HeldCertificate.objects.count() == 0


def test_many_are_written_down_with_one_record():
    rows = [NewCertificate(skill(), f"S-{n}", clock.today(), person=person()) for n in range(20)]
    held = actions.grant_certificates(rows, by=BY, is_demo=True)
    assert [each.number for each in held] == [row.number for row in rows]
    assert HeldCertificate.objects.filter(is_demo=True).count() == 20
    record = Record.objects.get()
    assert (record.subject, read_content(record)["count"]) == ("certificates", 20)


def test_one_fault_among_many_refuses_all():
    rows = [
        NewCertificate(skill(), "S-1", clock.today(), person=person()),
        NewCertificate(skill(), "", clock.today(), person=person()),
        NewCertificate(skill(), "S-1 ", clock.today(), person=person()),
    ]
    with pytest.raises(Refused) as refused:
        actions.grant_certificates(rows, by=BY)
    assert refused.value.sentence == (
        "Row 2: Write the number that stands on the paper. There is 1 more fault."
    )
    with pytest.raises(Refused, match="Row 2: This number stands in the list twice"):
        actions.grant_certificates([rows[0], rows[2]], by=BY)
    assert HeldCertificate.objects.count() == 0


def test_a_certificate_is_revoked_once_with_its_reason():
    held = certificate(good())
    actions.revoke_certificate(certificate=held, reason=" Bahan  diganti ", by=BY)
    actions.revoke_certificate(certificate=held, reason="lagi", by=BY)
    held.refresh_from_db()
    assert (held.revoked_on, held.revoked_reason) == (clock.today(), "Bahan diganti")
    assert [record.deed for record in records_about(held.key)] == ["certification.revoked"]


def test_nothing_is_revoked_without_a_reason():
    held = certificate(good())
    with pytest.raises(Refused, match="Write the reason") as refused:
        actions.revoke_certificate(certificate=held, reason="", by=BY)
    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_until": clock.today() - timedelta(days=800)},
        {"revoked_on": clock.today()},
        {"good": None},
    ],
)
def test_the_table_refuses_what_cannot_be(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldCertificate.objects.create(
            **{"scheme": scheme(), "good": good(), "number": "1", "valid_from": clock.today()} | fields
        )


def test_a_number_stands_once_a_scheme():
    certificate(good(), number="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate(good(), number="1")
