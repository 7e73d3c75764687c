"""Somebody else answers for a maker."""

import pytest

from foundation import clock
from foundation.errors import Refused
from lumbung.makers import actions
from lumbung.makers.tests.factories import group, household, maker
from lumbung.makers.tests.test_actions.deeds import deeds_about
from lumbung.organisations.models import Membership
from lumbung.people.choices import Salutation
from lumbung.people.models import Person
from lumbung.people.tests.factories import person

pytestmark = pytest.mark.django_db
OFFICER = "person:1"


def handed(of, name="Aminah", phone="0812 0000 9999"):
    return actions.change_owner(
        maker=of, full_name=name, phone=phone, salutation=Salutation.IBU, reason="Diserahkan.", by=OFFICER
    )


def test_the_new_person_answers_and_the_roles_follow():
    of = maker("Tenun")
    Membership.objects.get_or_create(person=of.owner, party=of.party, role="maker")
    before = of.owner
    after = handed(of)
    assert (after.owner.full_name, after.owner.phone) == ("Aminah", "+6281200009999")
    assert Membership.objects.get(person=before, party=of.party).ends_on == clock.today()
    new = Membership.objects.get(person=after.owner, party=of.party)
    assert (new.role, new.ends_on) == ("maker", None)
    assert "makers.owner_changed" in deeds_about(of)


def test_a_group_gets_a_new_captain():
    of = group()
    assert Membership.objects.get(person=handed(of).owner, party=of.party).role == "captain"


def test_a_person_whom_the_office_knows_is_not_written_down_twice():
    known = person("Aminah", phone="+6281200009999")
    assert handed(maker()).owner == known
    assert Person.objects.filter(full_name="Aminah").count() == 1


def test_it_is_refused_for_the_same_person_a_closed_maker_and_a_house_of_a_group():
    of = maker(owner=person("Sahnim", phone="+6281200001111"))
    with pytest.raises(Refused, match=r"already|sudah"):
        handed(of, "Sahnim", "0812 0000 1111")
    member = person("Baiq", phone="+6281200002222")
    household(group(), member)
    with pytest.raises(Refused):
        handed(of, "Baiq", "0812 0000 2222")
    actions.close_maker(maker=of, reason="Tutup", by=OFFICER)
    with pytest.raises(Refused):
        handed(of)
    assert not Person.objects.filter(full_name="Aminah").exists()
