"""What holds for every plan from two sheets, whatever stands in them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.orders.management.two_sheets.columns import certificates, priority
from lumbung.orders.management.two_sheets.reading import Maker, Order, missing_certificates
from lumbung.orders.management.two_sheets.splitting import Plan, split
from lumbung.orders.management.two_sheets.writing import gap_percent

amounts = st.integers(1, 400)


@st.composite
def makers(draw):
    made = []
    for row in range(draw(st.integers(1, 12))):
        lot = draw(st.integers(1, 60))
        made.append(
            Maker(
                row=row + 2,
                name=f"Perajin {row}",
                village="Sade",
                capacity=lot + draw(amounts),
                minimum_lot=lot,
                price=draw(st.integers(1, 50)) * 100,
                transport=draw(st.integers(0, 300)),
                visit=draw(st.integers(0, 30_000)),
                certificates=draw(st.sampled_from([(), ("SNI",)])),
                priority=draw(st.sampled_from([0, True, 50])),
            )
        )
    return made


orders = st.builds(
    Order,
    quantity=st.integers(1, 2500),
    ceiling=st.sampled_from([None, 3000]),
    certificates=st.sampled_from([(), ("sni",)]),
    tolerance_bp=st.sampled_from([0, 200, 1000]),
    limit=st.sampled_from([None, 150]),
)


@given(makers(), orders)
@settings(max_examples=80, deadline=None)
def test_a_plan_keeps_every_rule_and_a_shortfall_says_less_than_was_ordered(makers, order):
    result = split(makers, order)
    allowed = [maker for maker in makers if may_take_part(maker, order)]
    if not isinstance(result, Plan):
        assert result.deliverable < order.quantity
        assert result.sentences and result.binding
        return
    assert sum(one.quantity for one in result.given) == order.quantity
    for one in result.given:
        maker = one.maker
        assert maker in allowed
        assert maker.minimum_lot <= one.quantity <= min(maker.capacity, order.limit or maker.capacity)
        assert one.cost == one.quantity * (maker.price + maker.transport) + maker.visit
        assert one.reason
    assert sum(one.cost for one in result.given) == result.allocation.cost
    assert sorted(maker.row for maker in result.makers) == [maker.row for maker in makers]
    assert all(one.reason for one in result.left)


def may_take_part(maker, order):
    return (order.ceiling is None or maker.price <= order.ceiling) and (
        not order.certificates or "SNI" in maker.certificates
    )


def test_certificates_are_names_between_commas_and_match_without_regard_to_case():
    assert certificates(" SNI,Halal ; P-IRT\nMD ,") == ("SNI", "Halal", "P-IRT", "MD")
    assert missing_certificates(("sni", "P IRT", "BNSP"), ("SNI", "p-irt")) == ("BNSP",)


def test_priority_is_a_yes_a_no_or_an_amount():
    assert [priority(word) for word in ("Ya", "x", 1, 1.0, "1", True)] == [True] * 6
    assert [priority(word) for word in ("tidak", "-", 0, "0", False)] == [False] * 5
    assert [priority(word) for word in ("Rp150", 150, "1,5 rb")] == [150, 150, 1500]


def test_a_gap_is_written_without_rounding():
    assert gap_percent(0) == "0 %"
    assert gap_percent(1).endswith("0000001 %")
    assert gap_percent(25_000_000)[:1] == "2"
