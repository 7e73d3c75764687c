"""What the pages share: the order among those a person may open, the kinds they read of it, and who does it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letterhead
from lumbung.orders.models import Order
from lumbung.orders.queries.order_list import orders_followed_by
from lumbung.organisations.models import Party
from lumbung.paperwork import queries


@dataclass(frozen=True)
class Found:
    """An order, the office that signs for it, and what the person may read and do here."""

    order: Order
    office: Party | None
    head: Letterhead | None
    kinds: tuple[LetterKind, ...]
    may_set: bool


def found(request: HttpRequest, code: str) -> Found:
    order: Order = get_object_or_404(orders_followed_by(request.user), code=code)
    office = queries.office_of(order)
    return Found(
        order,
        office,
        queries.head_of(office),
        queries.kinds_read_by(request.user),
        queries.may_set(request.user, office),
    )


def found_to_set(request: HttpRequest, code: str) -> tuple[Found, Party]:
    """For who sets letters of the order's office; for others there is no such page."""
    here = found(request, code)
    if not here.may_set or here.office is None:
        raise Http404
    return here, here.office


def kind_of(here: Found, kind: str) -> LetterKind:
    """A kind that the person reads of this order."""
    if kind not in here.kinds:
        raise Http404
    return LetterKind(kind)


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def site_of(request: HttpRequest) -> str:
    """The public address if one is set, else where this request came."""
    return settings.PUBLIC_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
