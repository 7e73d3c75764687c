"""The front page, the desk, and how it works."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.access import signed_in
from foundation.throttle import throttled
from lumbung.desk import queries, rules
from lumbung.desk.management.replay import keeping, showing
from lumbung.desk.management.replay.drawing import draw
from lumbung.desk.management.replay.scenario import names, read_scenario
from lumbung.people.models import Person
from lumbung.people.rules import phone_shown


@require_safe
@throttled("public")
def front(request: HttpRequest) -> HttpResponse:
    """What is being split just now, and the newest split told in its own numbers."""
    shown = {
        "running": queries.running_in_public(),
        "told": queries.newest_told(),
        "office_email": settings.OFFICE_EMAIL,
        "office_phone": settings.OFFICE_PHONE,
        "office_phone_shown": phone_shown(settings.OFFICE_PHONE),
        "region": settings.REGION,
        "region_ends": settings.REGION_ENDS,
    }
    return render(request, "desk/front.html", shown)


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who signed in."""
    me = _me(request)
    tasks = queries.tasks_of(me)
    shown = {
        "today": clock.today(),
        "heading": rules.heading(len(tasks)),
        "nothing": rules.nothing_waits(queries.desk_of(me)),
        "tasks": tasks[: queries.MOST_TASKS],
        "left": max(0, len(tasks) - queries.MOST_TASKS),
        **queries.beside_tasks(me),
    }
    return render(request, "desk/home.html", shown)


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person), "the page is for who signed in"
    return request.user


@require_safe
@throttled("public")
def how(request: HttpRequest) -> HttpResponse:
    """How an order is split, in the words of a village and the numbers of the newest order."""
    shown = {
        "told": queries.newest_told(),
        "office_email": settings.OFFICE_EMAIL,
        "lesson": settings.LESSON.get(get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "desk/how.html", shown)


@require_safe
@throttled("public")
def replay(request: HttpRequest, name: str = "") -> HttpResponse:
    """What happened then, beside what happens with Lumbung: the kept result of one replay."""
    chosen = name or names()[0]
    result = keeping.kept(chosen) if chosen in names() else None
    if result is None:
        raise Http404
    shown = showing.page_of(read_scenario(chosen), result)
    return render(request, "desk/replay.html", shown)


@require_safe
@throttled("public")
def replay_picture(request: HttpRequest, name: str, width: int) -> HttpResponse:
    """The picture in the reader's language, for the widths that the page asks for."""
    result = keeping.kept(name) if name in names() and width in showing.WIDTHS else None
    if result is None:
        raise Http404
    picture = draw(read_scenario(name), result, width=width, on_page=True)
    return HttpResponse(picture, content_type="image/svg+xml")
