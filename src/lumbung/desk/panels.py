"""How the list of records names what acts without being a person: a rule of a room, a command."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.formats import number
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


@name_keys("room")
def rooms(keys: Collection[str]) -> Mapping[str, str]:
    """What a rule demands is done by nobody's hand."""
    return dict.fromkeys(keys, _("Lumbung, by itself"))


@name_keys("command")
def commands(keys: Collection[str]) -> Mapping[str, str]:
    return {key: _("the command %(name)s") % {"name": key.partition(":")[2]} for key in keys}


word_fields("desk", {"makers": gettext_lazy("Makers"), "orders": gettext_lazy("Orders")})


@word_deed("desk.demo_built", gettext_lazy("Demo built"))
def demo_built(told: Told) -> str:
    counted = {name: number(told.content[name]) for name in ("makers", "orders")}
    return _("The demo was built: %(makers)s makers, %(orders)s orders, all of it invented.") % counted
