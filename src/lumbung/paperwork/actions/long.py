"""Hundreds of letters take their time: they are set away from the request."""

from django.urls import reverse

from foundation.work import Progress, work
from lumbung.letters.choices import LetterKind
from lumbung.orders.models import Order
from lumbung.paperwork.actions.setting import issue_missing, renew_letters

ISSUE = "paperwork.issue"
RENEW = "paperwork.renew"


@work(ISSUE)
def issue(progress: Progress, *, order: str, site: str) -> str:
    """Everything that an order lacks."""
    found = Order.objects.select_related("buyer").get(code=order)
    issue_missing(order=found, by=progress.by, site=site, tell=progress.say)
    return reverse("paperwork:overview", args=[order])


@work(RENEW)
def renew(progress: Progress, *, order: str, kind: str, reason: str, site: str) -> str:
    """The letters of a kind that say something else now."""
    found = Order.objects.select_related("buyer").get(code=order)
    renew_letters(
        order=found, kind=LetterKind(kind), reason=reason, by=progress.by, site=site, tell=progress.say
    )
    return reverse("paperwork:kind", args=[order, kind])
