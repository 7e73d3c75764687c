"""Production on the pages of orders, where a member's link opens, and how the list of records tells it."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.links import register_page
from foundation.panels import Panel, register_panel
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.queries.stages import register_stages
from lumbung.orders.rules.order import why_over
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.people.choices import LinkPurpose
from lumbung.production import choices
from lumbung.production.queries.access import may_read_all
from lumbung.production.queries.links import has_held_shares
from lumbung.production.queries.making import made_of, made_of_share
from lumbung.production.queries.naming import shares_named, standards_named
from lumbung.production.queries.progress import progress_of_lines, row_of
from lumbung.production.queries.standards import making_of, standard_of
from lumbung.production.rules.telling import sentence_of
from lumbung.records.queries import Told, name_keys, word_deed, word_fields

DEEDS = {
    choices.STANDARD_WRITTEN: gettext_lazy("Standard written"),
    choices.STANDARD_APPROVED: gettext_lazy("Standard approved"),
    choices.STANDARD_DROPPED: gettext_lazy("Draft of a standard dropped"),
    choices.STANDARD_CONFIRMED: gettext_lazy("Standard confirmed by a maker"),
    choices.PART_PASSED: gettext_lazy("Part of a share passed on"),
    choices.PART_CORRECTED: gettext_lazy("Part of a share changed"),
    choices.PART_CONFIRMED: gettext_lazy("Part confirmed by a member"),
    choices.MADE_TOLD: gettext_lazy("Pieces made told"),
    choices.MADE_CORRECTED: gettext_lazy("Pieces made corrected"),
    choices.OVER_SHARE: gettext_lazy("More than the share told, refused"),
}


def of_order(order: Order, person: object) -> Panel | None:
    """What is made of each line; the ways to standard and shares for the office."""
    reads, lines = may_read_all(person), list(order.lines.all())
    if order.published_at is None or order.cancelled_at or not lines:
        return None
    progress = progress_of_lines(lines)
    if not any(progress[line.pk].rows for line in lines) and not reads:
        return None
    told = [
        {"pk": line.pk, "goods": goods_of(line), "unit": unit_of(line), "progress": progress[line.pk]}
        for line in lines
    ]
    return Panel("production/panels/order.html", {"lines": told, "reads": reads})


def of_line(line: OrderLine, person: object) -> Panel | None:
    if not may_read_all(person) or line.order.published_at is None:
        return None
    return Panel("production/panels/line.html", {"line": line})


def of_share(share: Share, person: object) -> Panel | None:
    """For the office: how far a share is."""
    row = row_of(share) if may_read_all(person) else None
    return Panel("production/panels/share.html", {"share": share, "row": row}) if row else None


def of_kept_share(share: Share, _person: object) -> Panel | None:
    """By link, for whoever holds the share: the next step."""
    if why_over(share.line.order) or share.held_quantity <= 0:
        return None
    standard, making = standard_of(share.line), making_of(share)
    begun = making is not None and standard is not None and making.standard_id == standard.pk
    content = {"standard": standard, "begun": begun, "made": made_of_share(share.pk)}
    return Panel("production/panels/kept.html", content)


def of_bundle(order: Order, captain: object) -> Panel | None:
    """By the captain's link: all numbers of a day at once."""
    if why_over(order) or not has_held_shares(captain, order):
        return None
    return Panel("production/panels/bundle.html", {})


def begun(shares: Sequence[Share]) -> Mapping[int, str]:
    """Shares of which a piece is made already; one query."""
    return dict.fromkeys(made_of([share.pk for share in shares]), "working")


register_stages(begun)
register_panel("orders.detail", of_order)
register_panel("orders.line", of_line)
register_panel("orders.share", of_share)
register_panel("orders.kept", of_kept_share)
register_panel("orders.bundle", of_bundle)
register_page(LinkPurpose.OWN_PART, "production:member")


@name_keys("share")
def shares(keys: Collection[str]) -> Mapping[str, str]:
    """`share:7` is called by its maker and its order."""
    return shares_named(keys)


@name_keys("standard")
def standards(keys: Collection[str]) -> Mapping[str, str]:
    """`standard:7` is called by its order, goods and version."""
    return standards_named(keys)


@name_keys("sample")
def samples(keys: Collection[str]) -> Mapping[str, str]:
    """`sample:7`: where the photos of a golden sample lie."""
    named = standards_named({key.replace("sample:", "standard:") for key in keys})
    return {
        key.replace("standard:", "sample:"): _("golden sample, %(standard)s") % {"standard": name}
        for key, name in named.items()
    }


def told_deed(told: Told) -> str:
    maker, person = told.content.get("maker"), told.content.get("person")
    return sentence_of(
        told.record.deed,
        told.content,
        maker=told.name(maker) if maker else "",
        person=told.name(person) if person else "",
    )


for _deed, _label in DEEDS.items():
    word_deed(_deed, _label)(told_deed)


word_fields(
    "production",
    {
        "order": gettext_lazy("Order"),
        "line": gettext_lazy("Number of the line's entry"),
        "standard": gettext_lazy("Standard"),
        "version": gettext_lazy("Version"),
        "rows": gettext_lazy("Measures"),
        "photos": gettext_lazy("Hashes of the photos"),
        "share": gettext_lazy("Number of the share"),
        "maker": gettext_lazy("Maker"),
        "part": gettext_lazy("Number of the part's entry"),
        "quantity": gettext_lazy("Quantity"),
        "pay": gettext_lazy("Pay for one piece, rupiah"),
        "corrects": gettext_lazy("Number of the entry that it corrects"),
        "entry": gettext_lazy("Number of the entry"),
        "made_on": gettext_lazy("Made on"),
        "made": gettext_lazy("Made so far"),
        "held": gettext_lazy("Kept"),
        "before": gettext_lazy("Quantity before"),
    },
)
