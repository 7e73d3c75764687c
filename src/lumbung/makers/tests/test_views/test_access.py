import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


# Who may open which page

OFFICE = {"officer", "decider", "treasurer", "inspector", "auditor", "data_protection_officer"}
KEEPERS = {"officer", "regency_officer"}
MAKERS = {"maker", "captain"}


def address(name: str, troupe, which: str = "here") -> str:
    of = getattr(troupe, which)
    arguments = {
        "good": [of.pk, "masker-kain"],
        "stop_good": [of.pk, "masker-kain"],
        "review": [of.pk, troupe.twin.pk],
        "house_leaves": [of.pk, 999],
    }
    alone = {"list", "sheet", "new", "mine", "twins", "kinds"}
    return reverse(f"makers:{name}", args=[] if name in alone else arguments.get(name, [of.pk]))


OPEN_TO = {
    # page: who gets 200 for a maker of Lombok Timur, for one elsewhere, for the own group elsewhere
    "list": OFFICE | {"regency_officer"},
    "sheet": OFFICE | {"regency_officer"},
    "twins": OFFICE | {"regency_officer"},
    "new": KEEPERS,
    "kinds": {"officer"},
    "mine": MAKERS,
}
OF_A_MAKER = {
    "detail": (OFFICE | {"regency_officer"}, OFFICE, OFFICE | MAKERS),
    "change": (KEEPERS, {"officer"}, {"officer"}),
    "state": (KEEPERS, {"officer"}, {"officer"}),
    "owner": (KEEPERS, {"officer"}, {"officer"}),
    "new_good": (KEEPERS, {"officer"}, {"officer"}),
    "good": (KEEPERS, {"officer"}, {"officer"} | MAKERS),
    "weeks": (KEEPERS, {"officer"}, {"officer"} | MAKERS),
    "houses": (set(), set(), {"officer"}),
}


def opened_by(client, troupe, url: str) -> set[str]:
    found = set()
    for role, who in troupe.everybody():
        client.force_login(who)
        response = client.get(url)
        response.getvalue() if response.streaming else response.content
        status = response.status_code
        assert status in (200, 403, 404), (role, url)
        if status == 200:
            found.add(role)
    return found


@pytest.mark.parametrize("name", OPEN_TO)
def test_pages_of_the_register_open_to_those_who_need_them(client, troupe, name):
    assert opened_by(client, troupe, address(name, troupe)) == OPEN_TO[name]


@pytest.mark.parametrize("name", OF_A_MAKER)
def test_pages_of_a_maker_open_only_among_those_one_sees(client, troupe, name):
    for which, roles in zip(("here", "far", "own"), OF_A_MAKER[name], strict=True):
        assert opened_by(client, troupe, address(name, troupe, which)) == roles, which


@pytest.mark.parametrize("name", [*OPEN_TO, *OF_A_MAKER, "review"])
def test_a_visitor_is_asked_to_sign_in(client, troupe, name):
    response = client.get(address(name, troupe))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["open", "stop_good", "free_week", "house_leaves"])
def test_buttons_do_nothing_by_a_plain_visit(client, troupe, name):
    client.force_login(troupe.officer)
    assert client.get(address(name, troupe)).status_code == 405


POSTED = {
    "open": (KEEPERS, {"officer"}),
    "stop_good": (KEEPERS, {"officer"}),
    "free_week": (KEEPERS, {"officer"}),
    "change": (KEEPERS, {"officer"}),
    "state": (KEEPERS, {"officer"}),
    "owner": (KEEPERS, {"officer"}),
    "weeks": (KEEPERS, {"officer"}),
}


@pytest.mark.parametrize("name", POSTED)
def test_nobody_else_presses_a_button(client, troupe, name):
    for which, roles in zip(("here", "far"), POSTED[name], strict=True):
        for role, who in troupe.everybody():
            client.force_login(who)
            status = client.post(address(name, troupe, which)).status_code
            assert (status in (200, 302)) == (role in roles), (role, which, status)
