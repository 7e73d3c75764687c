"""What waits for who keeps the register of makers, and for who looks after the records."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.certification.models import Scheme
from lumbung.certification.queries import certificates_seen_by, expiring
from lumbung.desk.rules import Task, oldest_first, together
from lumbung.makers.queries import Cluster, clusters_to_look_at, makers_kept_by
from lumbung.organisations.queries import has_role
from lumbung.people.choices import Officer
from lumbung.people.models import Person
from lumbung.records.queries import failed_deliveries


def for_keeper(person: Person) -> Iterator[Task]:
    yield from _duplicates(person)
    yield from _ending(person)


def _duplicates(person: Person) -> Iterator[Task]:
    """Makers that count as one until somebody has looked."""
    clusters, count = clusters_to_look_at(makers_kept_by(person), most=1)
    if clusters:
        told = _("%(sign)s: %(villages)s. Until somebody looks they count as one.") % {
            "sign": _sign(clusters[0]),
            "villages": together(sorted({maker.village.name for maker in clusters[0].makers})),
        }
        yield Task(
            number=count,
            words=ngettext("group of makers who may be one", "groups of makers who may be one", count),
            sentence=oldest_first(told, count),
            action=_("Look at them"),
            url=reverse("makers:twins"),
        )


def _sign(cluster: Cluster) -> str:
    words = str(cluster.sign.label)
    return words[:1].upper() + words[1:]


def _ending(person: Person) -> Iterator[Task]:
    """Certificates that end within ninety days."""
    held = expiring()
    if not has_role(person, Officer):
        held = held.filter(pk__in=certificates_seen_by(person).order_by().values("pk"))
    first = held.first()
    if first and first.valid_until:
        count = held.count()
        schemes = Scheme.objects.filter(held__in=held.order_by().values("pk")).distinct()
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


def for_records() -> Iterator[Task]:
    """What a receiver has not heard although it was told."""
    failed = failed_deliveries()
    count = failed.count()
    oldest = failed.first()
    if oldest:
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
