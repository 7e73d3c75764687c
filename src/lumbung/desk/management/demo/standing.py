"""What becomes of the register over the months: more makers, visits, pauses, certificates."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from foundation import clock
from lumbung.certification.actions import NewCertificate, add_scheme, grant_certificates, revoke_certificate
from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.desk.management.demo.accounts import BY, open_makers_accounts
from lumbung.desk.management.demo.drawing import Draft, register
from lumbung.desk.management.demo.places import Places
from lumbung.desk.management.demo.province import DemoProvince, Permit, Step
from lumbung.makers.actions import (
    add_kind,
    change_maker,
    close_maker,
    mark_busy_weeks,
    pause_maker,
    review_duplicates,
)
from lumbung.makers.choices import MakerState, Unit
from lumbung.makers.models import Good, Maker
from lumbung.makers.queries import duplicate_clusters
from lumbung.makers.rules import mondays_from
from lumbung.orders.actions.priority import add_priority_village, end_priority_village
from lumbung.orders.models import PriorityVillage

RECENT = 60
"""Days: at a visit the last real production lies at most so far back. Assumption."""


def add_kinds_and_schemes(demo: DemoProvince) -> None:
    for kind in demo.kinds:
        add_kind(
            code=kind["code"], name=kind["name"], name_en=kind["name_en"], unit=Unit(kind["unit"]), by=BY
        )
    for scheme in demo.schemes:
        add_scheme(
            code=scheme["code"],
            name=scheme["name"],
            name_en=scheme["name_en"],
            covers=Covers(scheme["covers"]),
            by=BY,
        )


class Register:
    """The register as it grows: the drafts that are not yet written down, and those that are."""

    def __init__(self, demo: DemoProvince, drafts: Sequence[Draft], places: Places, by: str) -> None:
        self.demo, self.places, self.by = demo, places, by
        self.chance = Random(demo.seed)  # noqa: S311 - the demo is the same everywhere; nothing secret hangs on it
        self.waiting, self.makers = list(drafts), list[Maker]()
        self.in_all = len(drafts)
        self.certificates = 0
        self.deeds: dict[str, Callable[[Step], None]] = {
            "register": self._register,
            "certify": self._certify,
            "revoke": self._revoke,
            "visit": self._visit,
            "pause": self._pause,
            "close": self._close,
            "busy": self._busy,
            "review_twins": self._review_twins,
            "prefer": self._prefer,
            "prefer_no_more": self._prefer_no_more,
        }

    def play(self, step: Step) -> None:
        self.deeds[step.do](step)

    def _register(self, step: Step) -> None:
        """Write the next part down; the last time, all who are left."""
        count = round(self.in_all * step.percent() / 100)
        last = [one for one in self.demo.register_steps if one.do == "register"][-1]
        now = self.waiting if step is last else self.waiting[:count]
        self.waiting = self.waiting[len(now) :]
        makers = register(now, by=self.by)
        if not self.makers:
            open_makers_accounts(self.demo)
        self.makers += makers
        self._grant_permits(makers)

    def _grant_permits(self, makers: Sequence[Maker]) -> None:
        permits = {trade.ware.kind: trade.permits for trade in self.demo.trades if trade.permits}
        goods = Good.objects.filter(kind_id__in=permits, maker__in=[maker.pk for maker in makers])
        new = [
            self._permit(good, permit)
            for good in goods.order_by("pk")
            for permit in permits[good.kind_id]
            if self.chance.random() * 100 < permit.percent
        ]
        if new:
            grant_certificates(new, by=self.by, is_demo=True)

    def _permit(self, good: Good, permit: Permit) -> NewCertificate:
        days = permit.valid_years * 365
        since = clock.today() - timedelta(days=self.chance.randint(20, days - 20))
        return NewCertificate(
            scheme=Scheme.objects.get(pk=permit.scheme),
            good=good,
            number=f"CONTOH-{permit.scheme.upper()}-{good.pk}",
            valid_from=since,
            valid_until=since + timedelta(days=days),
        )

    def _certify(self, step: Step) -> None:
        """Some persons pass the test of a skill."""
        scheme = Scheme.objects.get(pk=step.text("scheme"))
        goods = Good.objects.filter(kind_id=step.text("kind"), maker__is_demo=True)
        able = list(goods.select_related("maker__owner").order_by("pk"))
        chosen = self.chance.sample(able, min(len(able), int(step.numbers["holders"])))
        until = clock.today() + timedelta(days=int(step.numbers["valid_days"]))
        new = [
            NewCertificate(
                scheme=scheme,
                person=good.maker.owner,
                number=f"CONTOH-{scheme.pk.upper()}-{number:03d}",
                valid_from=clock.today(),
                valid_until=until,
            )
            for number, good in enumerate(chosen, start=1)
        ]
        grant_certificates(new, by=self.by, is_demo=True)

    def _revoke(self, step: Step) -> None:
        held = HeldCertificate.objects.filter(
            scheme_id=step.text("scheme"), is_demo=True, valid_until__gt=clock.today()
        )
        for certificate in held.order_by("pk")[: int(step.numbers["holders"])]:
            revoke_certificate(certificate=certificate, reason=step.text("reason"), by=self.by)

    def _some(self, step: Step) -> list[Maker]:
        """Some of the makers who work, but for those with an account: their pages have something to show."""
        working = Maker.objects.filter(is_demo=True, state=MakerState.ACTIVE, owner__has_account=False)
        numbers = list(working.order_by("pk").values_list("pk", flat=True))
        chosen = self.chance.sample(numbers, round(len(numbers) * step.percent() / 100))
        found = Maker.objects.select_related("party", "village").in_bulk(chosen)
        return [found[number] for number in chosen]

    def _visit(self, step: Step) -> None:
        for maker in self._some(step):
            self.note_production(maker, days_ago=self.chance.randint(0, RECENT), by=self.by)

    def note_production(self, maker: Maker, *, days_ago: int, by: str) -> None:
        change_maker(
            maker=maker,
            name=maker.party.name,
            village=maker.village,
            hamlet=maker.hamlet,
            house=maker.house,
            bank_name=maker.bank_name,
            bank_account=None,
            last_made_on=clock.today() - timedelta(days=days_ago),
            by=by,
        )

    def _pause(self, step: Step) -> None:
        for maker in self._some(step):
            pause_maker(maker=maker, reason=step.text("reason"), by=self.by)

    def _close(self, step: Step) -> None:
        for maker in self._some(step):
            close_maker(maker=maker, reason=step.text("reason"), by=self.by)

    def _busy(self, step: Step) -> None:
        for maker in self._some(step):
            weeks = self.chance.sample(mondays_from(clock.today(), 7), self.chance.choice((1, 1, 2)))
            reason = self.chance.choice(step.numbers["reasons"])
            mark_busy_weeks(maker=maker, mondays=weeks, reason=reason, by=self.by)

    def _prefer(self, step: Step) -> None:
        """Villages are put on the list of those that come first."""
        for name in step.numbers["villages"]:
            add_priority_village(village=self.places.village(name), basis=step.text("basis"), by=self.by)

    def _prefer_no_more(self, step: Step) -> None:
        for name in step.numbers["villages"]:
            listed = PriorityVillage.objects.get(village=self.places.village(name), ends_on__isnull=True)
            end_priority_village(listed=listed, by=self.by)

    def _review_twins(self, step: Step) -> None:
        """An officer looked at some that seemed one, and found that they are two."""
        twins = duplicate_clusters([maker.pk for maker in self.makers])
        pairs = [
            (twin.representative, maker) for maker, twin in twins.items() if twin.representative != maker
        ]
        for first, second in sorted(pairs)[: int(step.numbers["pairs"])]:
            both = Maker.objects.in_bulk([first, second])
            review_duplicates(first=both[first], second=both[second], reason=step.text("reason"), by=self.by)
