"""Order letters: one for each share that a maker holds."""

from collections.abc import Sequence

from django.db.models import Case, F, When
from django.urls import reverse

from foundation import formats
from lumbung.letters.choices import LetterKind
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Order, Share
from lumbung.orders.rules.wording import unit_of
from lumbung.organisations.models import Party
from lumbung.paperwork.queries.sources import Rows, Shown, Source, Write, subject
from lumbung.paperwork.rules import told_amount
from lumbung.paperwork.rules.contents import order_letter
from lumbung.production.models import Standard
from lumbung.production.queries.standards import newest_of

WITH_MAKER = ("maker__party", "maker__owner", "maker__village__district__regency")
WITH_ALL = ("line__order__buyer", "line__kind", *WITH_MAKER, "collection_point__village__district__regency")


def _of_orders(orders: Sequence[Order]) -> Rows:
    return Share.objects.filter(line__order__in=orders, state__in=CONFIRMED_STATES)


def _told(rows: Rows) -> Rows:
    """Of an order that was cancelled nothing is held any more."""
    held = F("confirmed_quantity") - F("released_quantity")
    now = Case(When(line__order__cancelled_at__isnull=False, then=0), default=held)
    found: Rows = rows.annotate(letter_subject=subject("share:", "pk"), now=now)
    return found


def _writer(rows: Sequence[Share], _office: Party) -> Write:
    counting = newest_of({share.line_id for share in rows})
    standards = Standard.objects.in_bulk(list(counting.values()))
    return lambda share: order_letter(share, standards.get(counting.get(share.line_id)))


def _shown(share: Share) -> Shown:
    held = told_amount(share.held_quantity, unit_of(share.line))
    address = reverse("orders:share", args=[share.line.order.code, share.pk])
    return Shown(str(share.maker), f"{held}, {formats.rupiah(share.value_rupiah)}", address)


SHARES = Source(
    kind=LetterKind.ORDER,
    of_orders=_of_orders,
    told=_told,
    facts={("lines", "0", "quantity"): "now", ("lines", "0", "price_rupiah"): "price_rupiah"},
    whole=lambda rows: rows.select_related(*WITH_ALL),
    writer=_writer,
    shown=_shown,
    order_pk="line__order",
    search="maker__party__name",
)
