"""Roles, salutations and purposes of links."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Salutation(models.TextChoices):
    IBU = "ibu", _("Ibu")
    BAPAK = "bapak", _("Bapak")
    NONE = "", _("none")


class Scope(models.TextChoices):
    """What a role is bound to."""

    OFFICE = "office", _("one office")
    REGENCY = "regency", _("one regency")
    GROUP = "group", _("one group or workshop")
    PARTY = "party", _("one party")


class Role:
    """What a membership makes a person: a name, a sentence, a scope."""

    key: ClassVar[str]
    words: ClassVar[str | Promise]
    sentence: ClassVar[str | Promise]
    scope: ClassVar[Scope]


class Officer(Role):
    key = "officer"
    words = _("Officer")
    sentence = _("Takes in orders, proposes splits and sends offers for the office.")
    scope = Scope.OFFICE


class RegencyOfficer(Role):
    key = "regency_officer"
    words = _("Regency officer")
    sentence = _("Keeps the register of makers of one regency.")
    scope = Scope.REGENCY


class Decider(Role):
    key = "decider"
    words = _("Head of office")
    sentence = _("Decides splits that somebody else proposed.")
    scope = Scope.OFFICE


class Treasurer(Role):
    key = "treasurer"
    words = _("Treasurer")
    sentence = _("Confirms tax rules and records payments.")
    scope = Scope.OFFICE


class Inspector(Role):
    key = "inspector"
    words = _("Inspector")
    sentence = _("Inspects delivered goods.")
    scope = Scope.OFFICE


class Assessor(Role):
    key = "assessor"
    words = _("Assessor")
    sentence = _("Tests persons for a certificate; never those whom they trained.")
    scope = Scope.PARTY


class Mentor(Role):
    key = "mentor"
    words = _("Mentor")
    sentence = _("Accompanies makers in incubation.")
    scope = Scope.PARTY


class Operator(Role):
    key = "operator"
    words = _("Operator")
    sentence = _("Runs the machines of the packaging house.")
    scope = Scope.OFFICE


class ProcessAuthority(Role):
    key = "process_authority"
    words = _("Process authority")
    sentence = _("Approves how food is sterilised.")
    scope = Scope.PARTY


class MakerRole(Role):
    key = "maker"
    words = _("Maker")
    sentence = _("Answers offers for the own workshop.")
    scope = Scope.GROUP


class Captain(Role):
    key = "captain"
    words = _("Captain")
    sentence = _("Answers and delivers for a group of households.")
    scope = Scope.GROUP


class Buyer(Role):
    key = "buyer"
    words = _("Buyer")
    sentence = _("Follows the orders of the own organisation.")
    scope = Scope.PARTY


class Partner(Role):
    key = "partner"
    words = _("Partner")
    sentence = _("Works together with the office.")
    scope = Scope.PARTY


class Auditor(Role):
    key = "auditor"
    words = _("Auditor")
    sentence = _("Reads everything, changes nothing.")
    scope = Scope.OFFICE


class DataProtectionOfficer(Role):
    key = "data_protection_officer"
    words = _("Data-protection officer")
    sentence = _("Sees who read personal data, and answers the persons.")
    scope = Scope.OFFICE


ROLES: tuple[type[Role], ...] = (
    Officer,
    RegencyOfficer,
    Decider,
    Treasurer,
    Inspector,
    Assessor,
    Mentor,
    Operator,
    ProcessAuthority,
    MakerRole,
    Captain,
    Buyer,
    Partner,
    Auditor,
    DataProtectionOfficer,
)
ROLE_BY_KEY = {role.key: role for role in ROLES}
ROLE_CHOICES = [(role.key, role.words) for role in ROLES]


class PersonalField(models.TextChoices):
    """Fields whose reading is written down, as `PersonalRead.fields` names them, with commas between."""

    PHONE = "phone", _("phone number")
    EMAIL = "email", _("e-mail address")
    HOUSE = "house", _("house")
    PLACE = "place", _("exact place")
    BANK_ACCOUNT = "bank_account", _("bank account")
    OBJECTION = "objection", _("words of an objection")


class LinkPurpose(models.TextChoices):
    ANSWER_SHARE = "answer_share", _("answer an offered share")
    CAPTAIN_BUNDLE = "captain_bundle", _("answer for the makers of a group")
    OBJECTION = "objection", _("follow an objection")
    OWN_REASON = "own_reason", _("see the own line in each order")
    OWN_PART = "own_part", _("see and tell the own part of a share")
    COMPLAINT = "complaint", _("follow a complaint")


DEMO_PASSWORD = f"contoh-lumbung-{settings.PROVINCE}"
"""Printed on the sign-in page of a demo, refused anywhere else."""
