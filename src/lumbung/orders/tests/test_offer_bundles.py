"""The code on a sheet, and a captain who answers for a group."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation import clock, formats
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import (
    answer,
    bundle_for,
    captain_of,
    everything_kept,
    offered,
    phone,
    quiet_line,
    text_of,
)
from lumbung.people.actions import revoke_link
from lumbung.people.models import Link, Person

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", ["id", "en"])


# The code on a sheet


@pytest.mark.parametrize(
    "write", [str, str.upper, lambda s: "-".join([s[:4], s[4:8], s[8:12], s[12:]]), lambda s: f" {s} "]
)
def test_the_code_of_a_sheet_opens_the_offer(write: Callable[[str], str]) -> None:
    found = offered()
    secret = found.address.split("/")[2]
    response = phone().post("/b/", {"code": write(secret)})
    assert (response.status_code, response.headers["Location"]) == (302, found.address)


def test_the_code_of_a_captain_opens_the_bundle() -> None:
    found = offered()
    _link, bundle = bundle_for(captain_of(found.share.maker), found.share.line.order)
    response = phone().post("/b/", {"code": bundle.split("/")[2]})
    assert response.headers["Location"] == bundle


@pytest.mark.parametrize("code", ["", "abc", "7m1jz3f8vtr2rq85", "x" * 300])
def test_a_code_that_nobody_knows_is_told_at_the_field(code: str) -> None:
    page = phone().post("/b/", {"code": code})
    assert page.status_code == 200
    assert 'id="id_code_error"' in text_of(page)


def test_a_code_is_not_guessed_quickly(settings: object) -> None:
    settings.RATES_PER_MINUTE = {"answer": 3, "public": 240}  # type: ignore[attr-defined]
    statuses = [phone().post("/b/", {"code": f"guess{n}"}).status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]


# A captain's bundle


def group_of_two() -> tuple[Person, list[Share], Link, str]:
    line = quiet_line()
    shares = [
        make.sent(make.share(line, make.tailor(name), n)) for name, n in (("Beriuk", 300), ("Genem", 200))
    ]
    captain = captain_of(*(share.maker for share in shares))
    link, address = bundle_for(captain, line.order)
    return captain, shares, link, address


@both_languages
def test_a_captain_sees_the_shares_of_the_own_groups_and_no_others(language: str) -> None:
    captain, shares, _link, address = group_of_two()
    stranger = make.sent(make.share(shares[0].line, make.tailor("Bukan Anggota"), 100))
    page = text_of(phone(language).get(address))
    assert captain.addressed_as in page
    for share in shares:
        assert str(share.maker) in page
        assert f'href="{address}{share.pk}/"' in page
    assert "Bukan Anggota" not in page
    assert phone().get(f"{address}{stranger.pk}/").status_code == 404


@both_languages
def test_a_captain_answers_one_by_one_with_the_own_digits(language: str) -> None:
    captain, shares, link, address = group_of_two()
    client = phone(language)
    first, second = (f"{address}{share.pk}/" for share in shares)
    assert "Beriuk" in text_of(client.get(first))
    answer(client, first, "sanggup", digits=captain.phone[-4:])
    page = answer(client, second, "sebagian", quantity="50", digits=captain.phone[-4:])
    assert [s.confirmed_quantity for s in Share.objects.order_by("pk")] == [300, 50]
    assert {s.answered_by for s in Share.objects.all()} == {link.key}
    assert f'href="{address}"' in text_of(page)
    bundle = text_of(client.get(address))
    assert formats.number(50, language) in bundle


def test_the_makers_digits_are_not_the_captains() -> None:
    _captain, shares, _link, address = group_of_two()
    answer(phone(), f"{address}{shares[0].pk}/", "sanggup", digits=shares[0].maker.owner.phone[-4:])
    assert Share.objects.get(pk=shares[0].pk).state == ShareState.OFFERED


def test_the_makers_own_link_works_beside_the_bundle_and_the_first_answer_counts() -> None:
    captain, shares, _link, address = group_of_two()
    own, secret = make.link_to(shares[0])
    answer(phone(), f"/b/{secret}/", "tidak", digits=own.person.phone[-4:])
    page = answer(phone(), f"{address}{shares[0].pk}/", "sanggup", digits=captain.phone[-4:])
    assert Share.objects.get(pk=shares[0].pk).state == ShareState.DECLINED
    assert page.redirect_chain == [(f"{address}{shares[0].pk}/", 302)]


def test_a_captain_who_gave_up_the_group_sees_nothing_of_it() -> None:
    captain, shares, _link, address = group_of_two()
    captain.memberships.update(
        ends_on=clock.today() - timedelta(days=1), starts_on=clock.today() - timedelta(days=9)
    )
    page = phone().get(address)
    assert page.status_code == 200
    assert "Beriuk" not in text_of(page)
    assert phone().get(f"{address}{shares[0].pk}/").status_code == 404


def test_a_withdrawn_bundle_opens_nothing() -> None:
    _captain, shares, link, address = group_of_two()
    revoke_link(link, by="person:1")
    assert phone().get(address).status_code == 410
    assert phone().get(f"{address}{shares[0].pk}/").status_code == 410


def test_opening_a_bundle_changes_nothing() -> None:
    _captain, shares, _link, address = group_of_two()
    before = everything_kept()
    for page in ("", f"{shares[0].pk}/", f"{shares[0].pk}/sanggup/"):
        phone().get(f"{address}{page}")
    assert everything_kept() == before


def test_a_bundle_with_several_goods_names_them() -> None:
    _captain, shares, _link, address = group_of_two()
    more = make.line(shares[0].line.order, size="Anak")
    make.share(more, shares[0].maker, 70)
    assert "anak" in text_of(phone().get(address))


@pytest.mark.parametrize("groups", [1, 8])
def test_a_bundle_needs_no_more_queries_for_more_groups(
    groups: int, django_assert_num_queries: Callable[..., object]
) -> None:
    line = quiet_line()
    makers = [make.tailor() for _ in range(groups)]
    for maker in makers:
        make.share(line, maker, 10)
    _link, address = bundle_for(captain_of(*makers), line.order)
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        assert phone().get(address).status_code == 200
