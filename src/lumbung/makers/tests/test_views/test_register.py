import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation import formats
from lumbung.makers.models import DuplicateReview, Good, Maker
from lumbung.makers.tests.factories import good, maker
from lumbung.makers.tests.test_views.words import words

pytestmark = pytest.mark.django_db


# The list


def test_the_list_shows_who_makes_what(officer):
    page = words(officer.get(reverse("makers:list")))
    assert "Jahit Sahnim" in page
    assert "Mamben Lauk" in page
    assert "Masker kain (en)" in page
    assert formats.number(700) in page


def test_the_list_is_filtered_and_searched(officer):
    page = words(officer.get(reverse("makers:list"), {"text": "kuta", "regency": "52.02", "state": "active"}))
    assert "Rohani" in page
    assert "Jahit Sahnim" not in page
    assert "No maker fits" in words(
        officer.get(reverse("makers:list"), {"kind": "masker-kain", "text": "xyz"})
    )


def test_nonsense_in_the_address_does_no_harm(officer):
    for nonsense in (
        {"after": "x"},
        {"before": "-1"},
        {"after": "9" * 30},
        {"regency": "no"},
        {"first": "½"},
    ):
        assert officer.get(reverse("makers:list"), nonsense).status_code == 200


def test_an_empty_register_says_so(client, troupe):
    Good.objects.all().delete()
    Maker.objects.all().delete()
    client.force_login(troupe.officer)
    assert "No maker is registered yet" in words(client.get(reverse("makers:list")))


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client, troupe, django_assert_max_num_queries
):
    client.force_login(troupe.officer)
    client.get(reverse("makers:list"))
    with django_assert_max_num_queries(10):
        client.get(reverse("makers:list"), {"text": "rohani"})
    for number in range(60):
        good(maker(f"Rohani {number}"))
    with django_assert_max_num_queries(10):
        page = words(client.get(reverse("makers:list"), {"text": "rohani"}))
    assert page.count('class="who"') == 25
    assert "1–25 of 61" in page


def test_pages_lead_forth_and_back(officer):
    for number in range(50):
        maker(f"Wayan {number:02d}")
    url = reverse("makers:list")
    first = officer.get(url, {"text": "wayan"})
    assert first.context["previous_url"] == ""
    second = officer.get(url + first.context["next_url"])
    assert "26–50 of 50" in words(second)
    assert second.context["next_url"] == ""
    back = officer.get(url + second.context["previous_url"])
    assert back.context["page"].makers == first.context["page"].makers
    assert "1–25 of 50" in words(back)


def test_the_chosen_order_goes_along_to_the_next_page_and_into_excel(officer):
    for number in range(50):
        maker(f"Wayan {number:02d}", households=1 + number)
    asked = {"text": "wayan", "sort": "households"}
    first = officer.get(reverse("makers:list"), asked)
    assert [each.households for each in first.context["page"].makers] == list(range(50, 25, -1))
    second = officer.get(reverse("makers:list") + first.context["next_url"])
    assert [each.households for each in second.context["page"].makers] == list(range(25, 0, -1))
    content = io.BytesIO(officer.get(first.context["excel_url"]).getvalue())
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == [f"Wayan {number:02d}" for number in range(49, -1, -1)]


def test_an_order_nobody_offers_is_the_usual_one(officer):
    makers = officer.get(reverse("makers:list")).context["page"].makers
    for nonsense in ("owner__phone", "-pk", "?", "NAME"):
        assert officer.get(reverse("makers:list"), {"sort": nonsense}).context["page"].makers == makers


def test_more_makers_than_were_counted_are_said_to_be_more(officer, monkeypatch):
    monkeypatch.setattr("foundation.paging.MOST_COUNTED", 2)
    assert "of more than 2" in words(officer.get(reverse("makers:list")))


def test_the_register_goes_out_as_a_workbook_without_personal_fields(officer, troupe):
    response = officer.get(reverse("makers:sheet"), {"text": "sahnim"})
    content = io.BytesIO(response.getvalue())
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert rows[1] == [
        f"PLK-{troupe.here.pk}", "Jahit Sahnim", "workshop", "Sahnim", "Ibu", "Mamben Lauk", "52.03.14", "52.03",
        "52.03.14.2002", "", 1, "", "Masker kain (en)", "sheets", 3_000, 700, 1, "active",
        "DEMO DATA",
    ]  # fmt: skip
    assert [row[1] for row in rows[2:]] == ["Sahnim Jaya"]
    assert troupe.here.owner.phone not in str(rows)
    assert "attachment" in response["Content-Disposition"]


# Duplicates


def test_clusters_stand_with_what_they_share(officer):
    page = words(officer.get(reverse("makers:twins")))
    assert "makers with the same owner" in page
    assert "Sahnim Jaya" in page


def test_when_all_was_looked_at_nothing_is_left(officer, troupe):
    url = reverse("makers:review", args=[troupe.here.pk, troupe.twin.pk])
    assert "the same owner" in words(officer.get(url))
    response = officer.post(url, {"reason": "dua dapur"})
    assert response.url == troupe.here.get_absolute_url()
    assert DuplicateReview.objects.get().reviewed_by == troupe.officer.key
    assert "Nothing to look at" in words(officer.get(reverse("makers:twins")))
    assert "dua dapur" in words(officer.get(url))


def test_two_entries_with_nothing_in_common_cannot_be_compared(officer, troupe):
    response = officer.get(reverse("makers:review", args=[troupe.here.pk, troupe.far.pk]))
    assert response.status_code == 404
    assert "Nothing in common" in words(response)


def test_many_clusters_are_said_to_be_more(officer, monkeypatch):
    for _ in range(51):
        maker(owner=maker().owner)
    assert "The first 50 of 52" in words(officer.get(reverse("makers:twins")))
