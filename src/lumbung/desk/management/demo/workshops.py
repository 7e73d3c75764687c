"""How the demo's makers work: one standard, parts within a group, and pieces told day by day."""

import io
from random import Random

from PIL import Image, ImageDraw

from foundation import clock
from lumbung.desk.management.demo.answers import links_of
from lumbung.desk.management.demo.province import Step
from lumbung.makers.choices import MakerKind
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Order, OrderLine, Share
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
from lumbung.production.models import Making, Part
from lumbung.production.queries.making import made_of
from lumbung.production.queries.parts import made_by_members, parts_of
from lumbung.production.queries.standards import draft_of

RESTS_PERCENT = 14
"""Days on which somebody makes nothing: about one in seven. Assumption."""
SLOW_PERCENT = 15
"""What the one who falls behind makes of the own pace. Assumption."""
PAY_PERCENT = 85
"""What a member gets of the share's price. Assumption."""


class Workshops:
    """The production of one order. It draws from numbers of its own, so that nothing else in the demo moves."""

    def __init__(self, seed: int, *, by: str, head: str) -> None:
        self.chance, self.by, self.head = Random(seed), by, head  # noqa: S311 - the demo is the same everywhere; nothing secret hangs on it

    def write(self, order: Order, step: Step) -> None:
        """An officer writes the sheet, with a photo of the golden sample."""
        for line in _lines(order):
            sheet = Sheet(
                rows=[Measure(*row) for row in step.numbers["measures"]],
                words=step.text("words"),
                sample_made_by=step.text("sample_by"),
                sample_made_on=clock.today(),
            )
            draft = write_standard(line=line, sheet=sheet, by=self.by)
            name = "contoh-acuan.png"
            add_photo(standard=draft, upload=_picture(line.kind_id), name=name, is_sample=True, by=self.by)

    def approve(self, order: Order, _step: Step) -> None:
        """The head of the office approves it."""
        for line in _lines(order):
            if draft := draft_of(line):
                approve_standard(standard=draft, by=self.head)

    def confirm(self, order: Order, _step: Step) -> None:
        """Who has a phone confirms the sheet by the own link; the others have not seen it yet."""
        held = _held(order)
        by = links_of(held)
        for share in held:
            if share.maker.owner.phone:
                confirm_standard(share=share, by=by.get(share.pk, share.maker.key))

    def pass_on(self, order: Order, _step: Step) -> None:
        """The group that needs longest passes all of its share on to its houses; all agree but one, who has a phone."""
        begun = [share for share in _held(order) if hasattr(share, "making")]
        groups = [s for s in begun if s.maker.kind == MakerKind.GROUP and s.maker.houses.exists()]
        if not groups:
            return
        share = max(groups, key=lambda one: one.held_quantity * 1_000 // one.making.weekly_capacity)
        houses = list(share.maker.houses.select_related("person").order_by("pk"))
        by = links_of([share]).get(share.pk, share.maker.key)
        silent = max((house.pk for house in houses if house.person.phone), default=0)
        each, rest = divmod(share.held_quantity, len(houses))
        for number, house in enumerate(houses):
            part = pass_part(
                share=share,
                member=Member(household=house),
                quantity=each + (number < rest),
                pay_rupiah=share.price_rupiah * PAY_PERCENT // 100,
                entry_key=f"demo-{house.pk}",
                by=by,
            )
            if house.pk != silent:
                confirm_part(part=part, by=by)

    def work(self, order: Order, _step: Step) -> None:
        """What was made today, as each tells it in the evening."""
        begun = [share for share in _held(order) if hasattr(share, "making")]
        made, by = made_of([share.pk for share in begun]), links_of(begun)
        slow = next((share.pk for share in begun if share.maker.kind == MakerKind.WORKSHOP), None)
        for share in begun:
            key = by.get(share.pk, share.maker.key)
            parts = list(parts_of(share))
            if parts:
                self._members(share, parts, by=key)
                continue
            left = share.held_quantity - made.get(share.pk, 0)
            self._tell(share, self._day(share.making, slow=share.pk == slow), left, None, by=key)

    def _day(self, making: Making, *, slow: bool = False) -> int:
        """Pieces of one day, near the declared capacity."""
        drawn, rests = self.chance.randint(65, 125), self.chance.randrange(100) < RESTS_PERCENT
        pace = making.weekly_capacity * drawn // 700
        return 0 if rests else pace * SLOW_PERCENT // 100 if slow else pace

    def _members(self, share: Share, parts: list[Part], *, by: str) -> None:
        made = made_by_members(share)
        for part in parts:
            pieces = self._day(share.making) // len(parts)
            if part.confirmed_at:
                self._tell(share, pieces, part.quantity - made.get(part.person_id, 0), part, by=by)

    def _tell(self, share: Share, pieces: int, left: int, part: Part | None, *, by: str) -> None:
        pieces, today = min(pieces, left), clock.today()
        if pieces > 0:
            tell_made(
                share=share,
                quantity=pieces,
                made_on=today,
                part=part,
                entry_key=f"demo-{today}-{part.pk if part else 0}",
                by=by,
            )


def _lines(order: Order) -> list[OrderLine]:
    return list(order.lines.select_related("order", "kind"))


def _held(order: Order) -> list[Share]:
    shares = Share.objects.filter(line__order=order, state__in=CONFIRMED_STATES)
    found = shares.select_related("line__order", "maker__owner", "making").order_by("pk")
    return [share for share in found if share.held_quantity > 0]


def _picture(kind: str) -> io.BytesIO:
    """A drawing in place of a photo: nobody shall take it for a real one."""
    picture = Image.new("RGB", (480, 360), "#f0ece0")
    pen = ImageDraw.Draw(picture)
    (_bottle if kind == "minyak-kelapa" else _cloth)(pen)
    written = io.BytesIO()
    picture.save(written, "PNG")
    written.seek(0)
    return written


def _bottle(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((190, 110, 290, 320), 18, fill="#e0a526", outline="#1c2150", width=4)
    pen.rectangle((218, 70, 262, 112), fill="#e0a526", outline="#1c2150", width=4)
    pen.rectangle((214, 50, 266, 72), fill="#1c2150")
    pen.rectangle((200, 180, 280, 260), fill="#faf8f2", outline="#1c2150", width=3)
    for height in (200, 220, 240):
        pen.line((212, height, 268, height), fill="#1c2150", width=3)


def _cloth(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((60, 60, 420, 300), fill="#1c2150")
    for place in range(84, 420, 48):
        for height in (90, 270):
            points = [(place, height - 14), (place + 14, height), (place, height + 14), (place - 14, height)]
            pen.polygon(points, fill="#e0a526")
