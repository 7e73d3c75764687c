"""How the list of records names parties and tells what happened to them."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.organisations import queries
from lumbung.organisations.choices import PartyKind
from lumbung.people.choices import ROLE_BY_KEY, ROLE_CHOICES
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


@name_keys("party")
def parties(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


@word_deed("organisations.party_founded", gettext_lazy("Party added"))
def party_founded(told: Told) -> str:
    kind = PartyKind(told.content["kind"]).label
    return _("%(party)s was added: %(kind)s.") % {"party": told.subject, "kind": kind}


@word_deed("organisations.role_given", gettext_lazy("Role given"))
def role_given(told: Told) -> str:
    return _("%(person)s is now %(role)s in %(party)s.") % {
        "person": told.name(told.content["person"]),
        "role": ROLE_BY_KEY[told.content["role"]].words,
        "party": told.subject,
    }


@word_deed("organisations.role_ended", gettext_lazy("Role ended"))
def role_ended(told: Told) -> str:
    return _("%(person)s is no longer %(role)s in %(party)s.") % {
        "person": told.name(told.content["person"]),
        "role": ROLE_BY_KEY[told.content["role"]].words,
        "party": told.subject,
    }


word_fields(
    "organisations",
    {
        "kind": (gettext_lazy("Kind"), PartyKind.choices),
        "role": (gettext_lazy("Role"), ROLE_CHOICES),
        "regency": gettext_lazy("Regency"),
    },
)
