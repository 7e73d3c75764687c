"""What waits for who keeps the register of makers, and for who looks after the records."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from foundation.work import waiting_too_long, worker_is_alive
from lumbung.certification.models import Scheme
from lumbung.certification.queries import certificates_seen_by, expiring
from lumbung.desk.rules import Task, oldest_first, together
from lumbung.makers.choices import DuplicateSign
from lumbung.makers.queries import clusters_to_look_at, makers_kept_by, register_version
from lumbung.organisations.queries import has_role, regencies_of
from lumbung.people.choices import Officer
from lumbung.people.models import Person
from lumbung.records.queries import failed_deliveries

KEPT_SECONDS = 3600


def for_keeper(person: Person) -> Iterator[Task]:
    yield from _duplicates(person)
    yield from _ending(person)


def _duplicates(person: Person) -> Iterator[Task]:
    """Makers that count as one until somebody has looked."""
    found = _clusters(person)
    if found.count:
        sign = str(DuplicateSign(found.sign).label)
        told = _("%(sign)s: %(villages)s. Until somebody looks they count as one.") % {
            "sign": sign[:1].upper() + sign[1:],
            "villages": together(found.villages),
        }
        yield Task(
            number=found.count,
            words=ngettext("group of makers who may be one", "groups of makers who may be one", found.count),
            sentence=oldest_first(told, found.count),
            action=_("Look at them"),
            url=reverse("makers:twins"),
        )


@dataclass(frozen=True)
class Clusters:
    """How many clusters somebody has to look at, and by which sign and in which villages the first stands."""

    count: int = 0
    sign: str = ""
    villages: tuple[str, ...] = ()


def _clusters(person: Person) -> Clusters:
    """Found by reading the whole register, so kept until a deed changes it: every deed leaves a record."""
    scope = "all" if has_role(person, Officer) else "|".join(sorted(regencies_of(person)))
    key = f"desk:clusters:{scope}:{register_version()}"
    found: Clusters | None = cache.get(key)
    if found is None:
        found = _clusters_now(person)
        cache.set(key, found, timeout=KEPT_SECONDS)
    return found


def _clusters_now(person: Person) -> Clusters:
    clusters, count = clusters_to_look_at(makers_kept_by(person), most=1)
    if not clusters:
        return Clusters()
    villages = sorted({maker.village.name for maker in clusters[0].makers})
    return Clusters(count, str(clusters[0].sign), tuple(villages))


def _ending(person: Person) -> Iterator[Task]:
    """Certificates that end within ninety days."""
    held = expiring(None if has_role(person, Officer) else certificates_seen_by(person))
    counts = dict(held.order_by("scheme").values_list("scheme").annotate(count=Count("pk")))
    first = held.first() if counts else None
    if first and first.valid_until:
        count = sum(counts.values())
        schemes = Scheme.objects.filter(pk__in=counts)
        told = _("%(schemes)s; the first ends on %(day)s.") % {
            "schemes": together(sorted(scheme.words for scheme in schemes)),
            "day": formats.day_full(first.valid_until),
        }
        yield Task(
            number=count,
            words=ngettext("certificate ends soon", "certificates end soon", count),
            sentence=told,
            action=_("See list"),
            url=reverse("certification:expiring"),
        )


def for_worker() -> Iterator[Task]:
    """Long work that nobody does, because no worker runs on the server."""
    waiting = waiting_too_long()
    oldest = waiting.first()
    if oldest and not worker_is_alive():
        count = waiting.count()
        yield Task(
            number=count,
            words=ngettext("long work is not being done", "long works are not being done", count),
            sentence=_(
                "%(about)s. The worker of the server does not run: tell whoever looks after the server."
            )
            % {"about": oldest.about},
            action=_("See it"),
            url=oldest.get_absolute_url(),
            since=oldest.queued_at,
            is_late=True,
        )


def for_records() -> Iterator[Task]:
    """What a receiver has not heard although it was told."""
    failed = failed_deliveries()
    if oldest := failed.first():
        count = failed.count()
        told = _("%(receiver)s has not heard of it since %(day)s %(time)s.") % {
            "receiver": oldest.receiver,
            "day": formats.day(oldest.record.at),
            "time": formats.clock_time(oldest.record.at),
        }
        yield Task(
            number=count,
            words=ngettext("message between rooms failed", "messages between rooms failed", count),
            sentence=told,
            action=_("See record"),
            url=reverse("records:record", args=[oldest.record_id]),
            is_late=True,
        )
