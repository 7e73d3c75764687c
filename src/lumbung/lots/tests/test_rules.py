import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.formats import NO_BREAK
from lumbung.lots.choices import MaterialUnit
from lumbung.lots.rules import amounts, balance, codes, handing, public, states
from lumbung.lots.rules.public import Place


class Cloth:
    unit = MaterialUnit.MILLIMETRE
    tracks_lots = False


class Mask:
    unit = "sheet"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# Codes


@given(st.integers(1, 999_999), st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(number, place, more):
    code = codes.code_of(year=2026, number=number)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert codes.why_not_code(code) is None
    assert codes.why_not_code(wrong) == "One digit is not right. Please compare each with the mark."


@given(st.integers(1, 999_999), st.integers(0, 7))
def test_two_digits_that_changed_places_are_noticed(number, place):
    code = codes.code_of(year=2026, number=number)
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (codes.why_not_code(turned) is None) == (turned == code)


def test_a_code_is_read_as_people_type_it():
    code = codes.code_of(year=2026, number=17)
    for typed in (code, f"{code[:3]} {code[3:6]} {code[6:]}", f" {code[:3]}-{code[3:6]}.{code[6:]} "):
        assert codes.why_not_code(typed) is None
        assert codes.bare(typed) == code
    assert codes.why_not_code("26O00017") == "A lot code has digits only. You wrote “26O00017”."
    assert codes.why_not_code("1234") == "A lot code has 9 digits. You wrote 4."


def test_codes_follow_each_other():
    first = codes.next_code(year=2026, last="")
    assert first[:8] == "26000001"
    assert codes.next_code(year=2026, last=first)[:8] == "26000002"
    with pytest.raises(ValueError, match="999999"):
        codes.code_of(year=2026, number=10**6)


# Amounts


@pytest.mark.parametrize(
    ("typed", "unit", "base"),
    [
        ("12", "millimetre", 12_000),
        ("12,5", "millimetre", 12_500),
        ("0,12 m", "millimetre", 120),
        ("0.125", "gram", 125),
        ("1.250", "gram", 1_250_000),
        ("1.250,5", "gram", 1_250_500),
        ("1,250.125", "gram", 1_250_125),
        ("1.250 kg", "gram", 1_250_000),
        ("3 liter", "millilitre", 3_000),
        ("4.000", "piece", 4_000),
    ],
)
def test_an_amount_is_read_in_the_unit_people_speak_of(typed, unit, base):
    assert amounts.read_amount(typed, unit) == base


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("1,5", "piece"), ("a lot", "gram"), ("", "gram"), ("1,2345", "gram"), ("9.999.999.999", "gram")],
)
def test_what_is_no_amount_is_refused_with_a_sentence(typed, unit):
    with pytest.raises(ValueError, match=r"\."):
        amounts.read_amount(typed, unit)


@given(st.integers(0, 10**11), st.sampled_from(list(MaterialUnit)))
def test_what_is_written_is_read_back(quantity, unit):
    for language in ("en", "id"):
        with translation.override(language):
            assert amounts.read_amount(amounts.number_typed(quantity, unit), unit) == quantity


def test_amounts_are_written_with_their_unit():
    assert amounts.amount(120, Cloth) == f"0.12{NO_BREAK}m"
    assert amounts.amount(4_000, Mask) == f"4,000{NO_BREAK}sheets"
    assert amounts.number_in(-1_500, "gram") == "-1.5"
    assert amounts.needed(3, 120_500) == 362


# Sums


@given(*[st.integers(0, 10**9)] * 4, st.integers(0, 9_999))
def test_handed_out_is_used_returned_lost_and_open(used, returned, lost, open_, rate_bp):
    sums = balance.reconcile(
        handed_out=used + returned + lost + open_, used=used, returned=returned, lost=lost, rate_bp=rate_bp
    )
    assert sums.handed_out == sums.used + sums.returned + sums.lost + sums.open
    assert sums.open == open_
    assert sums.is_within == (sums.excess_bp == 0)
    assert sums.is_within == (lost * 10_000 <= rate_bp * (used + lost + open_))


def test_more_than_was_handed_out_is_no_account():
    with pytest.raises(ValueError, match="More left"):
        balance.reconcile(handed_out=5, used=6, returned=0, lost=0, rate_bp=0)


def test_use_is_compared_with_the_norm():
    given_ = {"handed_out": 100, "used": 60, "returned": 0, "lost": 0, "rate_bp": 0}
    assert balance.reconcile(**given_, wanted=50).over_norm == 10
    assert balance.reconcile(**given_, wanted=70).over_norm == 0
    assert balance.reconcile(**given_).over_norm == 0


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_cloth_in_is_pieces_offcuts_and_loss(pieces, per_thousand, offcuts, lost):
    taken = amounts.needed(pieces, per_thousand) + offcuts + lost
    cutting = balance.cutting_of(taken=taken, pieces=pieces, per_thousand=per_thousand, offcuts=offcuts)
    assert (cutting.lost, cutting.taken) == (lost, taken)


# Reasons why not


def plain(sentence: str | None) -> str:
    return (sentence or "").replace(NO_BREAK, " ")


def test_each_rule_says_why_not():
    assert plain(handing.why_not_take_from(5_000, 6_000, Cloth, "Store")) == "Store has 5 m of it, not 6 m."
    assert handing.why_not_take_from(5, 5, Cloth, "Store") is None
    assert "say which lot" in plain(handing.why_not_lot(tracks_lots=True, has_lot=False, is_of_kind=True))
    assert "something else" in plain(handing.why_not_lot(tracks_lots=True, has_lot=True, is_of_kind=False))
    assert "something else" in plain(handing.why_not_lot(tracks_lots=False, has_lot=True, is_of_kind=True))
    assert handing.why_not_lot(tracks_lots=False, has_lot=False, is_of_kind=True) is None
    assert "Only what lies in a store" in plain(handing.why_not_adjust("maker:5"))
    assert handing.why_not_adjust("store:5") is None
    assert handing.why_not_out("held", "x", "") is None
    assert "several lines" in plain(handing.why_not_mend(3, 5, is_lot=False))
    assert "above zero" in plain(handing.why_not_mend(1, 0, is_lot=False))
    assert handing.why_not_mend(3, None, is_lot=True) is None
    assert "reason" in plain(states.why_not_hold("noted", " "))
    assert "struck out" in plain(states.why_not_hold("voided", "x"))
    assert "nothing left" in plain(states.why_not_hold("recalled", "x"))
    assert "released already" in plain(states.why_not_release("released", by="a", noted_by="b"))
    assert set(states.why_not_recall([], reason="", advice="")) == {"lots", "reason", "advice"}


# What everybody reads


def test_a_place_is_told_as_fine_as_five_makers_allow():
    village = Place("Kekait", "Lombok Barat", "NTB", in_village=5, in_regency=90)
    few = Place("Sigerongan", "Lombok Barat", "NTB", in_village=4, in_regency=90)
    alone = Place("Sape", "Bima", "NTB", in_village=1, in_regency=4)
    assert public.places_told([village, few, alone]) == ["Kekait, Lombok Barat", "Lombok Barat", "NTB"]
    assert [public.houses_told(count) for count in (1, 4, 5)] == [None, None, 5]
