"""What several pages of the room show, gathered for the templates; amounts in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from foundation.paging import Page
from foundation.sheets import Heading
from lumbung.lots.models import MaterialKind, Movement
from lumbung.lots.queries.holdings import Lying, Stock
from lumbung.lots.queries.movements import Told
from lumbung.lots.queries.wording import what_in_words
from lumbung.lots.rules.amounts import Counted, amount


def actor(request: HttpRequest) -> str:
    """Who does it, as records name them."""
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def marks(request: HttpRequest) -> dict[str, str]:
    """Where a page begins."""
    return {name: request.GET.get(name, "") for name in ("after", "before")}


def narrowed(request: HttpRequest, *names: str) -> bool:
    return any(request.GET.get(name) for name in names)


def around(request: HttpRequest, page: Page) -> dict[str, str]:  # type: ignore[type-arg]  # rows of any kind
    """The addresses of the pages around, and of the same list as Excel, all narrowed alike."""
    return {
        "previous_url": _with(request, before=page.before) if page.before else "",
        "next_url": _with(request, after=page.after) if page.after else "",
        "query": _with(request),
    }


def _with(request: HttpRequest, **mark: str) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update(mark)
    return f"?{query.urlencode()}"


@dataclass(frozen=True)
class StockShown:
    stock: Stock
    name: str
    in_stores: str
    with_makers: str
    elsewhere: str
    lost: str

    @property
    def is_material(self) -> bool:
        return isinstance(self.stock.what, MaterialKind)


def stock_shown(stocks: Iterable[Stock]) -> list[StockShown]:
    return [
        StockShown(
            one,
            what_in_words(one.what),
            amount(one.in_stores, one.what),
            amount(one.with_makers, one.what),
            amount(one.elsewhere, one.what) if one.elsewhere else "",
            amount(one.lost, one.what) if one.lost else "",
        )
        for one in stocks
    ]


@dataclass(frozen=True)
class MovementShown:
    told: Told
    what: str
    amount: str
    is_correction: bool
    was_corrected: bool

    @property
    def movement(self) -> Movement:
        return self.told.movement


def movements_shown(told: Iterable[Told]) -> list[MovementShown]:
    return [
        MovementShown(
            one,
            what_in_words(one.movement.what),
            amount(one.movement.quantity, one.movement.what),
            one.movement.corrects_id is not None,
            hasattr(one.movement, "corrected_by"),
        )
        for one in told
    ]


@dataclass(frozen=True)
class LyingShown:
    lying: Lying
    amount: str


def lying_shown(rows: Iterable[Lying], what: Counted) -> list[LyingShown]:
    return [LyingShown(one, amount(one.quantity, what)) for one in rows]


def headings(*words: str, wide: int = 1) -> list[Heading]:
    """Headings of a sheet, the first ones wide."""
    return [Heading(one, 30 if place < wide else 16) for place, one in enumerate(words)]
