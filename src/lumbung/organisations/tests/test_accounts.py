"""The head of office opens and closes accounts, gives and ends roles; each deed leaves a record."""

import io
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation import clock
from foundation.errors import Refused
from lumbung.organisations import actions, queries
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership
from lumbung.organisations.tests.factories import Cast, cast, member, party
from lumbung.people import choices
from lumbung.people.models import Person, PersonalRead
from lumbung.people.tests.factories import person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-panjang-42"
LIST = reverse("organisations:accounts")


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def head(people: Cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(people.decider)
    return client


def page_of(who: Person) -> str:
    return reverse("organisations:account", args=[who.pk])


def given(people: Cast, **changes: object) -> dict[str, object]:
    return {
        "full_name": "Lale Baru",
        "salutation": "ibu",
        "phone": "0812 0000 4321",
        "email": "",
        "role": "officer",
        "party": people.office.pk,
        "regency": "",
        "password": PASSWORD,
    } | changes


def status_of(answer: HttpResponse) -> int:
    """How it was answered; a workbook is read to its end, so that its file is closed."""
    if answer.streaming:
        answer.getvalue()
    return answer.status_code


def test_only_a_head_of_office_comes_here(people: Cast, client: Client) -> None:
    gets = [
        LIST,
        reverse("organisations:accounts_sheet"),
        reverse("organisations:new_account"),
        page_of(people.officer),
    ]
    posts = [
        reverse(f"organisations:{name}", args=[people.officer.pk])
        for name in ("give_role", "set_password", "close_account")
    ]
    for name, who in people.everybody():
        client.force_login(who)
        expected = 200 if name == "decider" else 403
        assert [status_of(client.get(url)) for url in gets] == [expected] * len(gets), name
        if name != "decider":
            assert [client.post(url).status_code for url in posts] == [403] * len(posts), name
    client.logout()
    assert client.get(LIST).url.startswith(reverse("account_login"))


def test_the_list_shows_roles_with_their_office_and_finds_by_name_and_phone(
    head: Client, people: Cast
) -> None:
    html = head.get(LIST).content.decode()
    assert "Officer Contoh" in html
    assert "Dinas Perindustrian Contoh" in html
    found = head.get(LIST, {"text": "regency officer"}).content.decode()
    assert "Regency Officer Contoh" in found
    assert "Treasurer Contoh" not in found
    assert "No account fits" in head.get(LIST, {"closed": "on"}).content.decode()


def test_the_list_asks_as_often_for_many_as_for_few(head: Client, django_assert_max_num_queries) -> None:
    for number in range(60):
        person(f"Orang {number}", account=True)
    with django_assert_max_num_queries(8):
        first = head.get(LIST).content.decode()
    assert "Orang 59" in first
    older = queries.accounts_page(after=queries.accounts_page().after)
    assert older.before
    assert len(older.rows) == Person.objects.filter(has_account=True).count() - queries.PAGE
    assert [p.pk for p in queries.accounts_page(before=older.before).rows] == [
        p.pk for p in queries.accounts_page().rows
    ]


def test_an_account_is_opened_with_its_first_role(head: Client, people: Cast) -> None:
    for _ in range(2):
        answer = head.post(reverse("organisations:new_account"), given(people, once="abc"))
        assert answer.status_code == 302
    new = Person.objects.get(full_name="Lale Baru")
    assert (new.phone, new.has_account, new.check_password(PASSWORD)) == ("+6281200004321", True, True)
    assert queries.roles_of(new) == {"officer"}
    deeds = set(Record.objects.values_list("deed", flat=True))
    assert {"people.registered", "people.account_opened", "organisations.role_given"} <= deeds


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"full_name": ""}, "full_name", "required"),
        ({"phone": "12"}, "phone", "is not a phone number"),
        ({"phone": ""}, "__all__", "An account needs a phone number or an e-mail address"),
        ({"password": "pendek"}, "password", "character"),
        ({"role": "regency_officer"}, "regency", "Choose the regency"),
        ({"regency": "52.03"}, "regency", "not bound to a regency"),
        ({"role": "king"}, "role", "not one of"),
    ],
)
def test_what_is_wrong_is_told_and_nobody_is_written_down(
    head: Client, people: Cast, changes, field, sentence
) -> None:
    before = Person.objects.count()
    answer = head.post(reverse("organisations:new_account"), given(people, **changes))
    assert answer.status_code == 200
    assert sentence in str(answer.context["form"].errors[field])
    assert Person.objects.count() == before


def test_a_role_of_the_office_is_not_given_at_a_buyer(head: Client, people: Cast) -> None:
    answer = head.post(reverse("organisations:new_account"), given(people, party=people.buyers.pk))
    assert answer.context["form"].errors == {"party": ["This role is given in an office."]}
    with pytest.raises(Refused, match=r"diberikan di dinas|given in an office"):
        actions.give_role(person=people.stranger, party=people.buyers, role=choices.Officer, by="person:1")


def test_a_role_is_given_and_ended_with_its_dates(head: Client, people: Cast) -> None:
    head.post(
        reverse("organisations:give_role", args=[people.stranger.pk]),
        {"role": "auditor", "party": people.office.pk, "regency": ""},
    )
    held = Membership.objects.get(person=people.stranger)
    assert held.role == "auditor"
    head.post(reverse("organisations:end_role", args=[people.stranger.pk, held.pk]))
    held.refresh_from_db()
    assert held.ends_on == clock.today()
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert queries.roles_of(Person.objects.get(pk=people.stranger.pk)) == frozenset()


def test_a_role_that_ends_today_and_is_given_again_goes_on(people: Cast) -> None:
    held = Membership.objects.get(person=people.officer)
    actions.end_role(held, by="person:1")
    again = actions.give_role(person=people.officer, party=people.office, role=choices.Officer, by="person:1")
    assert (again.pk, again.ends_on) == (held.pk, None)


def test_the_role_of_somebody_else_is_not_ended_through_this_account(head: Client, people: Cast) -> None:
    other = Membership.objects.get(person=people.auditor)
    assert head.post(reverse("organisations:end_role", args=[people.officer.pk, other.pk])).status_code == 404


def test_the_last_head_of_office_stays(head: Client, people: Cast) -> None:
    held = Membership.objects.get(person=people.decider)
    answer = head.post(reverse("organisations:end_role", args=[people.decider.pk, held.pk]), follow=True)
    assert "Give the role to somebody else first" in answer.content.decode()
    with pytest.raises(Refused):
        actions.close_account_of(people.decider, by="person:0")
    second = member(choices.Decider, party("Dinas Kedua"))
    actions.end_role(Membership.objects.get(person=second), by="person:1")
    with pytest.raises(Refused):
        actions.end_role(held, by="person:1")
    member(choices.Decider, party("Dinas Ketiga"))
    assert actions.end_role(held, by="person:1").ends_on == clock.today()


def test_a_closed_account_is_signed_out_at_once_and_can_be_opened_again(head: Client, people: Cast) -> None:
    officer = Client()
    officer.force_login(people.officer)
    assert officer.get("/meja/").status_code == 200
    head.post(reverse("organisations:close_account", args=[people.officer.pk]))
    assert officer.get("/meja/").status_code == 302
    assert "Officer Contoh" in head.get(LIST, {"closed": "on"}).content.decode()
    head.post(reverse("organisations:set_password", args=[people.officer.pk]), {"password": PASSWORD})
    opened = Person.objects.get(pk=people.officer.pk)
    assert (opened.is_active, opened.check_password(PASSWORD)) == (True, True)
    assert Record.objects.filter(deed="people.account_reopened").count() == 1


def test_nobody_closes_the_own_account(head: Client, people: Cast) -> None:
    member(choices.Decider, people.office)
    answer = head.post(reverse("organisations:close_account", args=[people.decider.pk]), follow=True)
    assert "Nobody closes the own account." in answer.content.decode()
    assert Person.objects.get(pk=people.decider.pk).is_active


def test_a_weak_password_is_told_at_its_field(head: Client, people: Cast) -> None:
    answer = head.post(
        reverse("organisations:set_password", args=[people.officer.pk]), {"password": "pendek"}
    )
    assert answer.context["password_form"].errors["password"]
    assert "pendek" not in answer.content.decode()


def test_reading_a_phone_is_noted(head: Client, people: Cast) -> None:
    head.get(page_of(people.officer))
    assert PersonalRead.objects.get().persons.get() == people.officer


def test_who_has_no_account_has_no_page_here(head: Client) -> None:
    assert head.get(page_of(person("Tanpa Akun"))).status_code == 404


def test_the_workbook_has_a_row_a_role(head: Client, people: Cast) -> None:
    actions.give_role(person=people.officer, party=people.office, role=choices.Auditor, by="person:1")
    answer = head.get(reverse("organisations:accounts_sheet"))
    assert answer["Content-Disposition"] == 'attachment; filename="accounts.xlsx"'
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    held = [row[1] for row in rows if row[0] == people.officer.full_name]
    assert held == ["Officer", "Auditor"]


def test_kinds_of_parties_for_roles(people: Cast) -> None:
    party("Kelompok", PartyKind.GROUP)
    assert set(queries.parties_for_roles()) == {people.office, people.buyers}
