"""Slowing down whoever asks too often from one address.

A fixed window of one minute, counted in the cache. The cache lives in each process, so with two workers
an address may get up to twice the rate: the limit keeps a flood away, it is no lock. What must hold exactly
(five wrong digits, eight wrong passwords) is counted in the database.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from foundation import clock

View = Callable[..., HttpResponseBase]
WINDOW_SECONDS = 60


def client_address(request: HttpRequest) -> str:
    """The address that asks, seen through the proxies that are known to stand before this server."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY_COUNT:
        return remote
    passed = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    return passed[-settings.PROXY_COUNT] if len(passed) >= settings.PROXY_COUNT else remote


def throttled(kind: str) -> Callable[[View], View]:
    """`@throttled("answer")`: at most `settings.RATES_PER_MINUTE["answer"]` a minute from one address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wait = seconds_to_wait(kind, client_address(request))
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return guarded

    return decorate


def seconds_to_wait(kind: str, address: str) -> int:
    """Count one request; zero when it may go on, else the seconds until the window ends."""
    moment = int(clock.now().timestamp())
    key = f"throttle:{kind}:{address}:{moment // WINDOW_SECONDS}"
    cache.add(key, 0, timeout=WINDOW_SECONDS * 2)
    if cache.incr(key) <= settings.RATES_PER_MINUTE[kind]:
        return 0
    return WINDOW_SECONDS - moment % WINDOW_SECONDS


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
