"""Who may open a page: signed in, and passing a test.

Roles live in a room (organisations) above those that keep files and records. It says here, when it is ready,
who is `"office"` and who may read `"records"`; until then nobody passes. A registry, and not an attribute of
the request, so that a query answers the same wherever it is asked.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url

View = Callable[..., HttpResponseBase]
Test = Callable[[Any], bool]
_tests: dict[str, Test] = {}


def define(name: str, test: Test) -> None:
    """Say who passes under a name."""
    _tests[name] = test


def may(name: str, person: object) -> bool:
    """Whether a person passes; nobody does while nothing was said."""
    test = _tests.get(name)
    return test is not None and test(person)


def require(test: Test | str) -> Callable[[View], View]:
    """`@require(queries.is_office)` or `@require("office")`: the sign-in page for a visitor, 403 for who may not."""
    passes: Test = partial(may, test) if isinstance(test, str) else test

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect(
                    f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
                )
            if not passes(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def signed_in(view: View) -> View:
    """For pages that every holder of an account may open."""
    return require(lambda person: True)(view)
