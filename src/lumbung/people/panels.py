"""How the list of records names persons and tells their deeds."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.people import queries
from lumbung.people.choices import LinkPurpose
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


@name_keys("person")
def persons(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


@name_keys("link")
def links(keys: Collection[str]) -> Mapping[str, str]:
    return queries.holders_of_links(keys)


@word_deed("people.registered", gettext_lazy("Person registered"))
def registered(told: Told) -> str:
    return _("%(person)s was written down.") % {"person": told.subject}


@word_deed("people.batch_registered", gettext_lazy("Persons registered"))
def batch_registered(told: Told) -> str:
    return _("%(count)s persons were written down at once.") % {"count": told.content["count"]}


@word_deed("people.phones_changed", gettext_lazy("Phone numbers changed"))
def phones_changed(told: Told) -> str:
    return _("%(count)s persons have new phone numbers.") % {"count": told.content["count"]}


@word_deed("people.batch_removed", gettext_lazy("Persons taken out"))
def batch_removed(told: Told) -> str:
    return _("%(count)s persons who were registered in error were taken out.") % {
        "count": told.content["count"]
    }


@word_deed("people.contact_changed", gettext_lazy("Phone or e-mail changed"))
def contact_changed(told: Told) -> str:
    return _("%(person)s has a new phone number or e-mail address.") % {"person": told.subject}


@word_deed("people.account_opened", gettext_lazy("Account opened"))
def account_opened(told: Told) -> str:
    return _("%(person)s may sign in.") % {"person": told.subject}


@word_deed("people.account_closed", gettext_lazy("Account closed"))
def account_closed(told: Told) -> str:
    return _("%(person)s may no longer sign in.") % {"person": told.subject}


@word_deed("people.account_reopened", gettext_lazy("Account opened again"))
def account_reopened(told: Told) -> str:
    return _("%(person)s may sign in again.") % {"person": told.subject}


@word_deed("people.password_changed", gettext_lazy("Password changed"))
def password_changed(told: Told) -> str:
    return _("%(person)s has a new password.") % {"person": told.subject}


@word_deed("people.link_issued", gettext_lazy("Link issued"))
def link_issued(told: Told) -> str:
    purpose = LinkPurpose(told.content["purpose"]).label
    return _("A link for %(person)s: %(purpose)s.") % {
        "person": told.name(told.content["person"]),
        "purpose": purpose,
    }


@word_deed("people.links_issued", gettext_lazy("Links issued"))
def links_issued(told: Told) -> str:
    return _("%(count)s links were issued at once.") % {"count": told.content["count"]}


@word_deed("people.link_revoked", gettext_lazy("Link withdrawn"))
def link_revoked(told: Told) -> str:
    return _("The link of %(person)s was withdrawn.") % {"person": told.subject}


@word_deed("people.digits_wrong", gettext_lazy("Four digits wrong"))
def digits_wrong(told: Told) -> str:
    return _("At the link of %(person)s the four digits were wrong, time %(times)s.") % {
        "person": told.subject,
        "times": told.content["times"],
    }


@word_deed("people.digits_confirmed", gettext_lazy("Four digits right"))
def digits_confirmed(told: Told) -> str:
    return _("At the link of %(person)s the four digits were right.") % {"person": told.subject}


word_fields(
    "people",
    {
        "full_name": gettext_lazy("Digest of the name"),
        "phone": gettext_lazy("Digest of the phone"),
        "email": gettext_lazy("Digest of the e-mail address"),
        "purpose": (gettext_lazy("Purpose"), LinkPurpose.choices),
        "subject": gettext_lazy("What it opens"),
        "times": gettext_lazy("Time"),
    },
)
