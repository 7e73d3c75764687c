"""Offers reach the makers by link, and the makers answer by link: each as its temper is."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from foundation import clock
from lumbung.desk.management.replay.attempts import Way, held_by
from lumbung.desk.management.replay.behaviour import Answer, Temper, part_of
from lumbung.makers.choices import MakerKind
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.sending import send_bundle, send_by_whatsapp
from lumbung.orders.choices import CONFIRMED_STATES, DeclineReason, ShareState
from lumbung.orders.models import OrderLine, Share, SplitRow
from lumbung.orders.queries.offers import link_to_bundle, shares_of_bundle
from lumbung.orders.rules.answer import smallest_part
from lumbung.people.actions import confirm_digits
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link
from lumbung.people.queries import link_for

if TYPE_CHECKING:
    from lumbung.desk.management.replay.course import Course

LAST_DAYS = timedelta(days=3)
"""Nobody gives anything back so short before the due date: those pieces are made."""
Opened = tuple[Link, Share]


class Answering:
    """The makers' side of a course."""

    def __init__(self, course: Course, tempers: dict[int, Temper]) -> None:
        self.course, self.tempers, self.chance = course, tempers, course.chance
        self.secrets: dict[int, tuple[str, bool]] = {}
        """Share → the secret of the link that opens it, and whether that is a captain's."""
        self.planned: set[int] = set()
        """Makers whose later deeds are planned: once each, however many offers they accept."""
        self.was_full = False

    # Sending

    def send(self, share: Share) -> None:
        """The officer sends an offer; the maker will answer, or not."""
        by = self.course.cast.officer.key
        if share.maker.kind == MakerKind.GROUP:
            sent, secret = send_bundle(order=share.line.order, captain=share.maker.owner, by=by)
            share = next(each for each in sent if each.pk == share.pk)
            share.refresh_from_db(fields=["sent_at", "answer_until"])
            self.secrets[share.pk] = (secret, True)
        else:
            share, secret = send_by_whatsapp(share=share, by=by)
            self.secrets[share.pk] = (secret, False)
        self._plan_answer(share)

    def _plan_answer(self, share: Share) -> None:
        temper = self.tempers[share.maker_id]
        if share.sent_at is None or share.answer_until is None:
            raise RuntimeError("An offer that was sent has a term.")
        self.course.expire_after(share.answer_until)
        if temper.answer == Answer.SILENT:
            if temper.sews_on:
                self._plan_late_tries(share.pk, share.answer_until)
            return
        hours = self.course.scenario.value("answer_hours")
        moment = share.sent_at + timedelta(minutes=self.chance.randint(20, hours * 60 - 90))
        moment = min(_by_day(moment), share.answer_until - timedelta(minutes=30))
        self.course.at(moment, partial(self._answer, share.pk))

    def _plan_late_tries(self, share: int, term: datetime) -> None:
        """Somebody who read the message too late: minutes after the term, and again days later."""
        self.course.at(term + timedelta(minutes=2), partial(self._try_late, share))
        self.course.at(_by_day(term + timedelta(days=2)), partial(self._try_late, share))

    def open(self, share: int) -> Opened:
        """What the maker opens on the phone: the link by its secret, the share by the link."""
        secret, by_captain = self.secrets[share]
        link = link_to_bundle(secret) if by_captain else link_for(secret, LinkPurpose.ANSWER_SHARE)
        if link is None:
            raise RuntimeError(f"The link of share {share} does not open.")
        if by_captain:
            return link, shares_of_bundle(link).get(pk=share)
        return link, Share.objects.get(pk=int(link.subject.removeprefix("share:")))

    def _confirmed_digits(self, share: int) -> Opened:
        link, found = self.open(share)
        confirm_digits(link, link.person.phone[-4:], by=link.key)
        return link, found

    # Answering

    def _answer(self, pk: int) -> None:
        link, share = self._confirmed_digits(pk)
        if share.state != ShareState.OFFERED:
            return
        temper = self.tempers[share.maker_id]
        if temper.answer == Answer.DECLINES:
            decline_share(share=share, by=link.key, reason=self.chance.choice(list(DeclineReason)))
            return
        if temper.sews_on and share.maker_id not in self.planned:
            self._try_more(share)
        if temper.answer == Answer.TAKES_LESS:
            accept_share(share=share, by=link.key, quantity=self._less(share))
        else:
            accept_share(share=share, by=link.key)
        self._plan_what_follows(share, temper)

    def _less(self, share: Share) -> int:
        return part_of(share.quantity, smallest_part(share), self.chance)

    def _plan_what_follows(self, share: Share, temper: Temper) -> None:
        if share.maker_id in self.planned:
            return
        self.planned.add(share.maker_id)
        now = clock.now()
        if temper.sews_on:
            again = _by_day(now + timedelta(hours=self.chance.randint(20, 90)))
            self.course.at(again, partial(self._try_again, share.pk))
        if temper.answer == Answer.GIVES_BACK:
            back = _by_day(now + timedelta(days=self.chance.randint(7, 14)))
            if back < clock.end_of(self.course.due) - LAST_DAYS:
                self.course.at(back, partial(self._give_back, share.pk))

    def _give_back(self, pk: int) -> None:
        link, share = self._confirmed_digits(pk)
        pieces = max(1, share.held_quantity * self.chance.randint(20, 50) // 100)
        release_share(share=share, quantity=pieces, by=link.key)
        self.course.note("given_back", pieces)

    # Trying for more than the share

    def left_of(self, share: Share) -> int:
        """What a maker's hands could still make until the due date beyond what it holds or is offered."""
        row = SplitRow.objects.filter(split=self.course.split, maker=share.maker_id).first()
        capacity = row.capacity if row else 0
        taken = held_by(self.course.line, share.maker_id)
        return capacity - max(taken, share.quantity)

    def _try(self, share: Share, pieces: int, way: Way, asked: int) -> None:
        """Accept `asked` pieces; `pieces` of them are beyond what is this maker's."""
        deed = partial(self._accept, share.pk, asked)
        self.course.attempts.count(self.course.line, share.maker_id, pieces, way, deed)

    def _accept(self, pk: int, quantity: int) -> Share:
        link, share = self._confirmed_digits(pk)
        return accept_share(share=share, by=link.key, quantity=quantity)

    def _try_more(self, share: Share) -> None:
        if (extra := self.left_of(share)) > 0:
            self._try(share, extra, Way.MORE, share.quantity + extra)

    def _try_again(self, pk: int) -> None:
        share = Share.objects.get(pk=pk)
        if (extra := self.left_of(share)) > 0:
            self._try(share, extra, Way.AGAIN, share.quantity)

    def _try_late(self, pk: int) -> None:
        """The whole share is beyond what is theirs: the term is over."""
        share = Share.objects.get(pk=pk)
        self._try(share, share.quantity, Way.LATE, share.quantity)

    def _try_when_full(self, pk: int) -> None:
        share = Share.objects.get(pk=pk)
        self._try(share, max(1, self.left_of(share)), Way.FULL, share.quantity)

    def _try_negative(self, pk: int) -> None:
        """To give back less than nothing would be to take more."""
        share = Share.objects.get(pk=pk)
        if (extra := self.left_of(share)) <= 0:
            return
        deed = partial(self._release, pk, -extra)
        self.course.attempts.count(self.course.line, share.maker_id, extra, Way.NEGATIVE, deed)

    def _release(self, pk: int, quantity: int) -> Share:
        link, share = self._confirmed_digits(pk)
        return release_share(share=share, quantity=quantity, by=link.key)

    def see_whether_full(self, line: OrderLine) -> None:
        """Everybody sees that the order is full; those who sew on try once more all the same."""
        full = line.remaining_quota == 0
        if full and not self.was_full:
            self.course.note("full", line.quantity)
            self._plan_tries_when_full()
        elif self.was_full and not full:
            self.course.note("open_again", line.remaining_quota)
        self.was_full = full

    def _plan_tries_when_full(self) -> None:
        shares = Share.objects.filter(line=self.course.line, sent_at__isnull=False).order_by("pk")
        newest = {share.maker_id: share for share in shares}
        for share in newest.values():
            if not self.tempers[share.maker_id].sews_on:
                continue
            moment = _by_day(clock.now() + timedelta(hours=self.chance.randint(9, 100)))
            if moment < clock.end_of(self.course.due):
                self.course.at(moment, partial(self._try_when_full, share.pk))
                if share.state in CONFIRMED_STATES:
                    self.course.at(moment + timedelta(minutes=3), partial(self._try_negative, share.pk))


def _by_day(moment: datetime) -> datetime:
    """Nobody answers in the middle of the night: between ten and six it is half past six."""
    there = moment.astimezone(clock.start_of(clock.today()).tzinfo)
    if 6 <= there.hour < 22:
        return moment
    morning = there.replace(hour=6, minute=30, second=0, microsecond=0)
    return morning + timedelta(days=1) if there.hour >= 22 else morning
