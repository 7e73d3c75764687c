"""After somebody else answers for a maker, the person before answers no more, and the skill stays theirs."""

import pytest

from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.certification.queries import certificates_of
from lumbung.makers.actions import change_owner
from lumbung.orders.tests import factories as make
from lumbung.people.choices import Salutation

pytestmark = pytest.mark.django_db


def hand_over(maker):
    return change_owner(
        maker=maker,
        full_name="Aminah",
        phone="0812 0000 9999",
        salutation=Salutation.IBU,
        reason="Diserahkan.",
        by="person:1",
    )


def test_links_of_the_person_before_are_withdrawn(django_capture_on_commit_callbacks):
    share = make.sent(make.share(make.line(), make.tailor(), 100))
    other = make.sent(make.share(share.line, make.tailor(), 100))
    (link, _secret), (kept, _other) = make.link_to(share), make.link_to(other)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(share.maker)
    link.refresh_from_db()
    kept.refresh_from_db()
    assert link.revoked_at
    assert kept.revoked_at is None


def test_a_certificate_of_skill_stays_with_the_person():
    maker = make.tailor()
    scheme = Scheme.objects.create(code="menjahit", name="Menjahit", name_en="Sewing", covers=Covers.SKILL)
    held = HeldCertificate.objects.create(
        scheme=scheme, person=maker.owner, number="1", valid_from=make.clock.today()
    )
    assert list(certificates_of(maker)) == [held]
    assert list(certificates_of(hand_over(maker))) == []
