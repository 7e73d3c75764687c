"""Finding what a page is about, and the addresses of the pages around it."""

from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from foundation.paging import Page, page_of
from lumbung.money import queries
from lumbung.money.models import Standing

Row = TypeVar("Row", bound=Model)


class Around(NamedTuple):
    previous_url: str
    next_url: str


def by(request: HttpRequest) -> str:
    key: str = request.user.key  # type: ignore[union-attr]
    return key


def standing_seen(request: HttpRequest, share: str) -> Standing:
    """A share's money, when the person sees it."""
    return get_object_or_404(queries.standings_seen_by(request.user), share=share)


def party_called(key: str) -> str:
    """The name of the party behind a key; nothing here otherwise."""
    name = queries.words_of([key]).get(key, key)
    if not key.startswith("party:") or name == key:
        raise Http404
    return name


def around(request: HttpRequest, page: Page[Any]) -> Around:
    """The pages before and after, with the filter kept."""
    return Around(
        _address(request, before=page.before) if page.before else "",
        _address(request, after=page.after) if page.after else "",
    )


def _address(request: HttpRequest, **mark: str) -> str:
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    for name, value in mark.items():
        query[name] = value
    return f"?{query.urlencode()}"


def page_in(request: HttpRequest, rows: QuerySet[Row], *by: str) -> Page[Row]:
    """The page of a long list that the address asks for."""
    return page_of(rows, by=by, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
