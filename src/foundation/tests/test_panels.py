"""Places on pages, and what rooms above show there."""

from types import SimpleNamespace

import pytest
from django.template import Context, engines

from foundation import panels
from foundation.panels import Panel, Way, panels_at, register_panel, register_way, ways_at


@pytest.fixture
def place():
    """A place that no page offers, empty again afterwards."""
    yield "somewhere.here"
    panels._panels.pop("somewhere.here", None)
    panels._ways.pop("somewhere.here", None)


def page(settings, folder, text: str, **content: object) -> str:
    (folder / "shares.html").write_text("<p>{{ panel.shares }} shares of {{ what }} for {{ panel.who }}</p>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [folder]}]
    template = engines["django"].from_string(text).template
    return template.render(Context(content))


def shares(subject: object, person: object) -> Panel | None:
    return Panel("shares.html", {"shares": "<7>", "who": person}) if subject == "order" else None


def test_a_room_above_shows_something_where_there_is_something_to_show(place):
    register_panel(place, shares)
    register_panel(place, shares)
    assert panels_at(place, "order", "Ani") == [Panel("shares.html", {"shares": "<7>", "who": "Ani"})]
    assert panels_at(place, "another", "Ani") == []
    assert panels_at("nowhere", "order", "Ani") == []


def test_a_page_draws_it_for_who_looks_with_what_the_page_knows(place, settings, tmp_path):
    register_panel(place, shares)
    request = SimpleNamespace(user="Ani")
    drawn = page(settings, tmp_path, f'{{% panels "{place}" "order" %}}', request=request, what="cloth")
    assert drawn == "<p>&lt;7&gt; shares of cloth for Ani</p>"


def test_a_page_without_account_says_that_nobody_looks(place, settings, tmp_path):
    register_panel(place, shares)
    request = SimpleNamespace(user="Ani")
    drawn = page(settings, tmp_path, f'{{% panels "{place}" "order" None %}}', request=request)
    assert drawn.endswith("for None</p>")


def test_nothing_is_drawn_where_nobody_shows_anything(settings, tmp_path):
    assert page(settings, tmp_path, '<b>{% panels "nowhere" "order" %}</b>') == "<b></b>"


def test_a_way_leads_to_those_pages_that_the_person_may_open(place):
    register_way(place, Way("Notes", lambda subject: f"/{subject}/", lambda person: person == "Ani"))
    register_way(place, Way("Look", "look", lambda person: True))
    register_way(place, Way("Gone", lambda subject: "", lambda person: True))
    assert ways_at(place, "7", "Ani") == [("Notes", "/7/"), ("Look", "/gaya/")]
    assert ways_at(place, "7", "Budi") == [("Look", "/gaya/")]


def test_a_way_that_is_told_twice_stands_once(place):
    way = Way("Look", "look", lambda person: True)
    register_way(place, way)
    register_way(place, way)
    assert len(ways_at(place, None, "Ani")) == 1
