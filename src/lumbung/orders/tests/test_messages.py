"""The five lines that a maker reads by WhatsApp, and how offers are put into words."""

from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from foundation import formats, marking
from foundation.scanning import code_shown
from foundation.whatsapp import whatsapp_address
from lumbung.orders.choices import Reason, SentBy
from lumbung.orders.rules import messages, offer, public
from lumbung.orders.rules.sending import way_of
from lumbung.people.rules import secret_as_read

UNTIL = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
LINK = "https://lumbung.example/b/7m1jz3f8vtr2rq85/"
names = st.text(max_size=120)
languages = st.sampled_from(["id", "en"])


def told(**changes: object) -> messages.OfferTold:
    values: dict[str, object] = {
        "addressed": "Ibu Sahnim",
        "you": "Ibu",
        "goods": "Masker kain dua lapis",
        "quantity": 693,
        "unit": "lembar",
        "value_rupiah": 2_356_200,
        "due": "12 Juni 2026",
        "address": LINK,
    }
    return messages.OfferTold(**(values | changes))  # type: ignore[arg-type]


def sender(office: str = "Dinas Perindustrian", until: datetime | None = UNTIL) -> messages.Sender:
    return messages.Sender(office, until, 48)


@given(name=names, goods=names, office=names, language=languages)
def test_an_offer_never_has_more_than_five_lines_and_its_link_stands_alone(
    name: str, goods: str, office: str, language: str
) -> None:
    text = messages.offer_message(told(addressed=name, goods=goods), sender(office), language=language)
    lines = text.splitlines()
    assert len(lines) <= 5
    assert LINK in lines
    assert lines.index(LINK) > 0
    assert LINK not in lines[-1]


@given(name=names, what=names, shares=st.integers(1, 5_000), language=languages)
def test_a_bundle_never_has_more_than_five_lines_and_its_link_stands_alone(
    name: str, what: str, shares: int, language: str
) -> None:
    bundle = messages.BundleTold(name, shares, what, LINK)
    lines = messages.bundle_message(bundle, sender(), language=language).splitlines()
    assert len(lines) <= 5
    assert LINK in lines


@given(name=names, goods=names)
def test_what_whatsapp_gets_is_what_was_written(name: str, goods: str) -> None:
    text = messages.offer_message(told(addressed=name, goods=goods), sender(), language="id")
    address = urlsplit(whatsapp_address("+6281234567890", text))
    assert (address.scheme, address.netloc, address.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(address.query)["text"] == [text]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_message_ends_with_who_and_by_when(language: str) -> None:
    last = messages.offer_message(told(), sender(), language=language).splitlines()[-1]
    with messages.written_in(language):
        assert last.startswith(marking.marked("Dinas Perindustrian. "))
    assert formats.moment(UNTIL, language) in last


def test_before_it_is_sent_a_message_tells_the_hours() -> None:
    last = messages.offer_message(told(), sender(until=None), language="id").splitlines()[-1]
    assert "48" in last


def test_numbers_are_written_in_the_language_of_the_message_whatever_the_page_speaks() -> None:
    with override("en"):
        text = messages.offer_message(told(quantity=1_250), sender(), language="id")
    assert "1.250" in text
    assert "Rp2.356.200" in text


@given(st.text())
def test_a_name_is_one_line_without_hidden_signs(name: str) -> None:
    line = messages.one_line(name)
    assert len(line.splitlines()) <= 1
    assert "\u202e" not in line


@pytest.mark.parametrize(
    ("phone", "captain_phone", "way"),
    [
        ("+6281", None, SentBy.WHATSAPP),
        ("", None, SentBy.SHEET),
        ("+6281", "+6282", SentBy.CAPTAIN),
        ("", "+6282", SentBy.CAPTAIN),
        ("+6281", "", SentBy.WHATSAPP),
        ("", "", SentBy.SHEET),
    ],
)
def test_the_way_of_an_offer(phone: str, captain_phone: str | None, way: SentBy) -> None:
    assert way_of(phone=phone, captain_phone=captain_phone) == way


def test_the_printed_code_is_read_back() -> None:
    assert code_shown("7m1jz3f8vtr2rq85") == "7M1J-Z3F8-VTR2-RQ85"
    assert secret_as_read("7M1J-Z3F8-VTR2-RQ85") == "7m1jz3f8vtr2rq85"


def test_a_specification_becomes_facts_and_sentences() -> None:
    facts, sentences = offer.asked("Bahan: katun, dua lapis\n\nUkuran: 17 × 9 cm\nJahitan rapi.\nCatatan:")
    assert facts == [("Bahan", "katun, dua lapis"), ("Ukuran", "17 × 9 cm")]
    assert sentences == ["Jahitan rapi.", "Catatan:"]


def a_line(title: str = "Masker kain dua lapis", size: str = "") -> SimpleNamespace:
    kind = SimpleNamespace(
        name="Masker kain", name_en="Cloth mask", unit="sheet", get_unit_display=lambda: "lembar"
    )
    return SimpleNamespace(order=SimpleNamespace(title=title), kind=kind, size=size)


@pytest.mark.parametrize(
    ("title", "size", "goods"),
    [
        ("Masker kain dua lapis", "", "Masker kain dua lapis"),
        ("Masker kain dua lapis", "Dewasa", "Masker kain dua lapis, dewasa"),
        ("Bantuan sosial 2026", "XL", "Masker kain, XL"),
    ],
)
def test_goods_are_named_by_the_title_only_where_it_names_them(title: str, size: str, goods: str) -> None:
    with override("id"):
        assert offer.goods_words(a_line(title, size)) == goods  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "numbers", "shown"),
    [
        (Reason.COMMON_CAP, {"cap": 693, "households": 1}, ["693"]),
        (Reason.COMMON_CAP, {"cap": 693, "households": 12}, ["693", "12"]),
        (Reason.CAPACITY, {"capacity": 1_250}, ["1.250", "Ibu"]),
        (Reason.MINIMUM_LOT, {"lot": 40}, ["40", "Ibu"]),
        (Reason.LAST_MAKER, {}, []),
        (Reason.KEPT, {}, []),
    ],
)
def test_every_reason_of_a_share_is_a_whole_sentence(
    reason: Reason, numbers: dict[str, int], shown: list[str]
) -> None:
    share = SimpleNamespace(line=a_line(), reason=reason, numbers=numbers)
    with override("id"):
        sentence = offer.why_this_many(share, whose="Ibu")  # type: ignore[arg-type]
    assert sentence.endswith(".")
    assert all(part in sentence for part in shown)


def a_plan(makers: int, cheapest: int | None) -> SimpleNamespace:
    frontier = [] if cheapest is None else [{"budget_bp": 0, "makers": cheapest}]
    return SimpleNamespace(parent=None, makers=makers, frontier=frontier)


def test_more_makers_are_told_only_where_there_are_more() -> None:
    assert offer.more_makers(a_plan(1542, 642)) == (1542, 642)  # type: ignore[arg-type]
    assert offer.more_makers(a_plan(642, 642)) is None  # type: ignore[arg-type]
    assert offer.more_makers(a_plan(642, None)) is None  # type: ignore[arg-type]


def test_a_share_of_a_second_split_tells_of_the_first_plan() -> None:
    again = SimpleNamespace(parent=a_plan(1542, 642), makers=3, frontier=[])
    assert offer.more_makers(again) == (1542, 642)  # type: ignore[arg-type]


counts = st.dictionaries(st.sampled_from([str(reason) for reason in Reason]), st.integers(1, 40))


@given(counts)
def test_no_group_under_five_is_told_and_none_can_be_computed(told: dict[str, int]) -> None:
    groups = public.waited_groups(told)
    assert all(group.count >= 5 for group in groups)
    untold = sum(told.values()) - sum(group.count for group in groups)
    assert untold == 0 or not groups


def test_small_groups_are_merged_until_they_are_large_enough() -> None:
    groups = public.waited_groups({"cost": 700, "tie": 9, "certificate": 3})
    assert [group.count for group in groups] == [700, 12]


def test_fewer_than_five_makers_are_not_counted_out() -> None:
    with override("en"):
        assert public.counted(4) == "fewer than five"
        assert (public.counted(0), public.counted(5), public.counted(1_234)) == ("0", "5", "1,234")
