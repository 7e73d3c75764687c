"""Shares in production for tests, made through the room's own actions."""

import io
from datetime import date, timedelta
from itertools import count

from PIL import Image

from foundation import clock
from lumbung.makers.choices import MakerKind
from lumbung.makers.models import Household, Maker
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.tests import factories as orders
from lumbung.people.tests.factories import person
from lumbung.production.actions.making import tell_made
from lumbung.production.actions.parts import Member, confirm_part, pass_part
from lumbung.production.actions.standards import (
    Measure,
    Sheet,
    add_photo,
    approve_standard,
    confirm_standard,
    write_standard,
)
from lumbung.production.models import Made, Part, Standard

WRITER, HEAD, LINK = "person:9001", "person:9002", "link:9001"
_keys = count(1)


def key() -> str:
    return f"kunci-{next(_keys)}"


def picture(colour: str = "white") -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, "PNG")
    written.seek(0)
    return written


def sheet(**fields: object) -> Sheet:
    values = {
        "rows": (Measure("Panjang", "17", "± 0,5", "cm"), Measure("Lebar", "9", "± 0,3", "cm")),
        "words": "Dua lapis, jahitan rapat.",
        "sample_made_by": "Sahnim",
        "sample_made_on": clock.today(),
    }
    return Sheet(**(values | fields))  # type: ignore[arg-type]


def draft(line: OrderLine, *, photo: bool = True, **fields: object) -> Standard:
    written = write_standard(line=line, sheet=sheet(**fields), by=WRITER)
    if photo:
        add_photo(standard=written, upload=picture(), name="contoh.png", is_sample=True, by=WRITER)
    return written


def standard(line: OrderLine, **fields: object) -> Standard:
    """An approved version."""
    return approve_standard(standard=draft(line, **fields), by=HEAD)


def line(**fields: object) -> OrderLine:
    return orders.line(orders.order(resplits_itself=False), **fields)


def held(of: OrderLine, quantity: int = 100, *, maker: Maker | None = None) -> Share:
    """A share that its maker has confirmed."""
    share = orders.sent(orders.share(of, maker or orders.tailor(), quantity))
    return accept_share(share=share, by=LINK)


def started(quantity: int = 100, *, of: OrderLine | None = None, maker: Maker | None = None) -> Share:
    """A share whose maker has confirmed the standard."""
    of = of or line()
    if not of.standards.filter(approved_at__isnull=False).exists():
        standard(of)
    share = held(of, quantity, maker=maker)
    confirm_standard(share=share, by=LINK)
    return share


def told(share: Share, quantity: int, *, on: date | None = None, part: Part | None = None) -> Made:
    return tell_made(
        share=share, quantity=quantity, made_on=on or clock.today(), entry_key=key(), part=part, by=LINK
    )


def group(name: str = "Kelompok Tenun", *, houses: int = 3) -> Maker:
    """A captain's group with some houses."""
    maker = orders.tailor(name, kind=MakerKind.GROUP, households=houses)
    for number in range(1, houses + 1):
        Household.objects.create(maker=maker, person=person(f"Anggota {number}"))
    return maker


def passed(
    share: Share, house: Household, quantity: int, *, pay: int = 3_000, confirmed: bool = True
) -> Part:
    part = pass_part(
        share=share,
        member=Member(household=house),
        quantity=quantity,
        pay_rupiah=pay,
        entry_key=key(),
        by=LINK,
    )
    return confirm_part(part=part, by=LINK) if confirmed else part


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)
