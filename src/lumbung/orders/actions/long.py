"""What takes long in a large order runs away from the request, with progress: see `foundation.work`."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.work import Progress, work
from lumbung.orders.actions import splitting
from lumbung.orders.models import OrderLine, Split
from lumbung.orders.queries.kept_eligibility import keep_eligibility

COMPUTE = "orders.compute_split"
DECIDE = "orders.decide_split"
ELIGIBILITY = "orders.eligibility"


@work(COMPUTE)
def compute_split(progress: Progress, *, line: int, budget_bp: int | None) -> str:
    found = OrderLine.objects.select_related("order", "kind").get(pk=line)
    splitting.compute_split(line=found, budget_bp=budget_bp, by=progress.by, tell=progress.step)
    return reverse("orders:split", args=[found.order.code, found.pk])


@work(DECIDE)
def decide_split(progress: Progress, *, split: int) -> str:
    found = Split.objects.select_related("line__order").get(pk=split)
    progress.say(0, found.makers, _("Making the offers"))
    splitting.decide_split(split=found, by=progress.by)
    return reverse("orders:split", args=[found.line.order.code, found.line_id])


@work(ELIGIBILITY)
def see_who_is_eligible(progress: Progress, *, line: int) -> str:
    found = OrderLine.objects.select_related("order", "kind").get(pk=line)
    progress.step(1, 1, _("Reading who makes it"))
    keep_eligibility(found)
    return reverse("orders:eligibility", args=[found.order.code, found.pk])
