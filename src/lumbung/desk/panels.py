"""How the list of records names what acts without being a person: a rule of a room, a command."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from lumbung.records.queries import name_keys


@name_keys("room")
def rooms(keys: Collection[str]) -> Mapping[str, str]:
    """What a rule demands is done by nobody's hand."""
    return dict.fromkeys(keys, _("Lumbung, by itself"))


@name_keys("command")
def commands(keys: Collection[str]) -> Mapping[str, str]:
    return {key: _("the command %(name)s") % {"name": key.partition(":")[2]} for key in keys}
