"""What a maker makes, and when it takes no new work."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.makers import rules
from lumbung.makers.actions.entries import locked
from lumbung.makers.choices import GOOD_SET, GOOD_STOPPED, KIND_ADDED, WEEK_FREED, WEEKS_BUSY, Unit
from lumbung.makers.models import BusyWeek, Good, GoodsKind, Maker
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest


def set_good(
    *, maker: Maker, kind: GoodsKind, price_rupiah: int, weekly_capacity: int, minimum_lot: int, by: str
) -> Good:
    """Say what the maker makes of this kind from now on; saying the same again leaves no record."""
    numbers = {
        "price_rupiah": price_rupiah,
        "weekly_capacity": weekly_capacity,
        "minimum_lot": minimum_lot,
    }
    for field, sentence in rules.faults_of_good(**numbers).items():
        raise Refused(sentence, field=field)
    with transaction.atomic():
        maker = locked(maker)
        good = maker.goods.select_for_update().filter(kind=kind).first()
        if good and good.stopped_on is None and all(getattr(good, f) == n for f, n in numbers.items()):
            return good
        good, _new = Good.objects.update_or_create(
            maker=maker, kind=kind, defaults={**numbers, "stopped_on": None}
        )
        leave_record(subject=maker.key, deed=GOOD_SET, by=by, content={"kind": kind.pk, **numbers})
    return good


def stop_good(*, good: Good, by: str) -> Good:
    """The maker no longer makes this kind; what was agreed before stands."""
    with transaction.atomic():
        good = Good.objects.select_for_update(of=("self",)).select_related("maker").get(pk=good.pk)
        if good.stopped_on is None:
            good.stopped_on = clock.today()
            good.save(update_fields=["stopped_on"])
            leave_record(subject=good.maker.key, deed=GOOD_STOPPED, by=by, content={"kind": good.kind_id})
    return good


def mark_busy_week(*, maker: Maker, monday: date, by: str, reason: str = "") -> list[BusyWeek]:
    """The maker takes no new work in this week."""
    return mark_busy_weeks(maker=maker, mondays=[monday], reason=reason, by=by)


def mark_busy_weeks(*, maker: Maker, mondays: Collection[date], by: str, reason: str = "") -> list[BusyWeek]:
    """The maker takes no new work in these weeks; weeks that are marked already stay as they are."""
    today = clock.today()
    for monday in mondays:
        refuse(rules.why_not_week(monday, today=today), field="monday")
    with transaction.atomic():
        maker = locked(maker)
        known = set(maker.busy_weeks.filter(monday__in=mondays).values_list("monday", flat=True))
        new = sorted(set(mondays) - known)
        weeks = [BusyWeek(maker=maker, monday=monday, reason=rules.tidy(reason)[:120]) for monday in new]
        weeks = BusyWeek.objects.bulk_create(weeks)
        if new:
            content: dict[str, object] = {"mondays": [monday.isoformat() for monday in new]}
            if reason.strip():
                content["reason"] = salted_digest(maker.owner.salt, rules.tidy(reason))
            leave_record(subject=maker.key, deed=WEEKS_BUSY, by=by, content=content)
    return weeks


def free_week(*, maker: Maker, monday: date, by: str) -> bool:
    """The maker takes new work in this week again; whether it was busy."""
    with transaction.atomic():
        maker = locked(maker)
        removed, _rows = maker.busy_weeks.filter(monday=monday).delete()
        if removed:
            content = {"monday": monday.isoformat()}
            leave_record(subject=maker.key, deed=WEEK_FREED, by=by, content=content)
    return bool(removed)


def add_kind(*, name: str, name_en: str, unit: Unit, by: str, code: str = "") -> GoodsKind:
    """A kind of goods that makers may choose from now on."""
    code = code or slugify(name)[:40]
    if not code or not name.strip() or not name_en.strip():
        raise Refused(_("A kind of goods needs its name in both languages."), field="name")
    with transaction.atomic():
        if (
            GoodsKind.objects.filter(code=code).exists()
            or GoodsKind.objects.filter(name__iexact=name.strip()).exists()
        ):
            raise Refused(_("This kind of goods stands in the list already."), field="name")
        kind = GoodsKind.objects.create(
            code=code, name=rules.tidy(name), name_en=rules.tidy(name_en), unit=unit
        )
        content = {"code": code, "name": kind.name, "unit": str(unit)}
        leave_record(subject=f"goods-kind:{code}", deed=KIND_ADDED, by=by, content=content)
    return kind
