import io
import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation import access, clock
from lumbung.records import actions, queries
from lumbung.records.models import Record
from lumbung.records.tests.factories import chain, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client, monkeypatch):
    auditor = get_user_model().objects.create(full_name="Lalu Auditor", has_account=True)
    monkeypatch.setitem(access._tests, "records", lambda person: person == auditor)
    client.force_login(auditor)
    return auditor


def rows(client, **asked):
    return client.get(reverse("records:list"), asked).context["page"].rows


def test_a_record_is_told_with_the_names_behind_its_keys(client, auditor):
    record("order:1", deed="tests.moon_rose", by=auditor.key, who=auditor.key, pieces=693)
    told = rows(client)[0]
    assert (told.actor, told.subject) == ("Lalu Auditor", "order:1")
    assert told.sentence == "Moon rose: pieces 693; who Lalu Auditor"


def test_a_room_words_its_own_deeds_and_may_leave_some_to_the_plain_telling(client, auditor):
    @queries.word_deed("tests")
    def tests(told):
        return f"{told.actor} saw it." if told.content else ""

    @queries.word_deed("tests.sun_rose", "Sun rose")
    def sun(told):
        return "The sun rose."

    try:
        record(deed="tests.sun_rose")
        record(deed="tests.moon_rose", by=auditor.key, much=1)
        record(deed="tests.moon_rose")
        sentences = [told.sentence for told in rows(client)[:3]]
        assert sentences == ["Moon rose", "Lalu Auditor saw it.", "The sun rose."]
        assert ("tests.sun_rose", "Sun rose") in queries.deed_choices()
    finally:
        for known in ("tests", "tests.sun_rose"):
            queries.telling._wordings.pop(known)
        queries.telling._labels.pop("tests.sun_rose")


@pytest.mark.parametrize("content", ["no map at all", "[1]", "7"])
def test_a_record_that_was_changed_by_hand_can_still_be_looked_at(client, auditor, content):
    @queries.word_deed("tests")
    def tests(told):
        return told.content["pieces"]

    try:
        found = record(deed="tests.moon_rose", moon=1)
        assert rows(client)[0].sentence == "Moon rose: moon 1"
        Record.objects.filter(pk=found.pk).update(content=content)
        assert content in rows(client)[0].sentence
        assert client.get(found.get_absolute_url()).status_code == 200
    finally:
        queries.telling._wordings.pop("tests")


def test_the_list_is_filtered_by_subject_deed_actor_and_day(client, auditor):
    with clock.set_to(datetime(2026, 6, 11, 15, 59, 59, tzinfo=UTC)):
        record("order:1", deed="orders.order_created", by="person:901")
    with clock.set_to(datetime(2026, 6, 11, 16, 0, 0, tzinfo=UTC)):
        late = record("order:2", deed="orders.order_changed", by="person:902")
    for asked in (
        {"subject": "order:2"},
        {"deed": "orders.order_changed"},
        {"actor": "person:902"},
        {"day": "12/6/2026"},
        {"subject": " order:2 ", "day": "12 Juni 2026", "actor": "person:902"},
    ):
        assert [told.record for told in rows(client, **asked)] == [late], asked
    assert rows(client, subject="order:3") == []


def test_a_day_that_cannot_be_read_is_said_at_its_field(client, auditor):
    record()
    answer = client.get(reverse("records:list"), {"day": "31/02/2026"})
    assert list(answer.context["form"].errors) == ["day"]
    assert answer.context["page"].rows


def test_pages_go_on_by_key_in_both_directions(client, auditor, monkeypatch):
    monkeypatch.setattr(queries.paging, "PAGE", 2)
    numbers = [row.pk for row in chain(5, "order:7")][::-1]
    seen, asked = [], {"subject": "order:7"}
    for _ in range(3):
        page = client.get(reverse("records:list"), asked).context["page"]
        seen.append([told.record.pk for told in page.rows])
        asked = {"subject": "order:7", "before": page.older}
    assert seen == [numbers[:2], numbers[2:4], numbers[4:]]
    assert page.older is None
    back = client.get(reverse("records:list"), {"subject": "order:7", "after": page.newer}).context["page"]
    assert [told.record.pk for told in back.rows] == numbers[2:4]
    newest = client.get(reverse("records:list"), {"subject": "order:7", "after": back.newer}).context["page"]
    assert ([told.record.pk for told in newest.rows], newest.newer) == (numbers[:2], None)


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_asks_the_database_as_often_for_many_rows_as_for_one(
    client, auditor, count, django_assert_max_num_queries
):
    for number in range(count):
        who = get_user_model().objects.create(full_name=f"Orang {number}")
        record(who.key, deed="tests.moon_rose", by=auditor.key)
    with django_assert_max_num_queries(8):
        assert len(rows(client, deed="tests.moon_rose")) == count


def test_the_page_of_a_record_shows_what_it_hangs_on_and_its_seal(client, auditor):
    first, second = chain(2)
    text = client.get(second.get_absolute_url()).content.decode()
    assert [hash_ in text for hash_ in (second.hash, first.hash)] == [True, True]
    seal = actions.seal_all(by="command:seal-records")
    later = record()
    assert client.get(second.get_absolute_url()).context["seal"] == seal
    assert client.get(later.get_absolute_url()).context["seal"] is None
    assert client.get(reverse("records:record", args=[10**9])).status_code == 404


def test_the_check_runs_on_a_press_of_the_button_and_shows_how_far_it_is(client, auditor):
    records = chain(3)
    assert client.get(reverse("records:check")).status_code == 200
    text = b"".join(client.post(reverse("records:check")).streaming_content).decode()
    assert "100 %" in text
    assert 'class="notice good"' in text
    assert text.rstrip().endswith("</html>")
    Record.objects.filter(pk=records[1].pk).delete()
    text = b"".join(client.post(reverse("records:check")).streaming_content).decode()
    assert "order:1" in text
    assert 'class="notice stop"' in text


def test_an_empty_house_is_in_order(client, auditor):
    Record.objects.all().delete()
    assert 'class="notice good"' in b"".join(client.post(reverse("records:check")).streaming_content).decode()


def test_the_list_goes_out_as_a_workbook_with_its_filter(client, auditor):
    chain(3)
    record("order:2")
    answer = client.get(reverse("records:sheet"), {"subject": "order:1"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 4
    assert [row[4] for row in sheet[1:]] == ["order:1"] * 3
    assert sheet[1][6] == Record.objects.filter(subject="order:1").first().hash


def test_the_fields_of_a_record_are_shown_in_words(client, auditor):
    queries.word_fields(
        "tests", {"colour": ("Colour of the moon", [("red", "Red as madder")]), "moon_rose.seen": "Seen"}
    )
    found = record(
        deed="tests.moon_rose",
        colour="red",
        seen=True,
        pieces=1_250_000,
        who=auditor.key,
        day="2026-12-27",
        none="",
        several=["red", 2],
        nested={"colour": "red"},
    )
    text = client.get(found.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    shown = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text.partition("What it says")[2]))
    assert shown["Colour of the moon"] == "Red as madder"
    assert shown["Seen"] == "yes"
    assert shown["Pieces"] == "1,250,000"
    assert shown["Who"] == f"Lalu Auditor ({auditor.key})"
    assert shown["Day"] == "27\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026"
    assert (shown["None"], shown["Several"]) == ("–", "red; 2")
    assert shown["Nested"] == "Colour of the moon Red as madder"


def test_a_failed_check_speaks_indonesian_and_names_the_chain(client, auditor):
    found = record(auditor.key)
    Record.objects.filter(pk=found.pk).update(content='{"pieces":1}')
    answer = client.post(reverse("records:check"), headers={"accept-language": "id"})
    text = b"".join(answer.streaming_content).decode()
    assert f"Lalu Auditor ({auditor.key})" in text
    assert "Catatan 1 diubah setelah ditulis." in text
    assert "Jangan mengubah apa pun." in text
