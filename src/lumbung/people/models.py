import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.people.choices import LinkPurpose, Salutation


def new_salt() -> str:
    return secrets.token_hex(16)


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)

    def create_account(self, *, full_name: str, password: str, **fields: Any) -> "Person":
        """A person who may sign in."""
        person = self.model(full_name=full_name, has_account=True, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody the office knows. Many makers have no account: only `has_account` may sign in."""

    full_name = models.CharField(_("full name"), max_length=160)
    salutation = models.CharField(
        _("salutation"), max_length=8, choices=Salutation, blank=True, default=Salutation.NONE
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    has_account = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.UniqueConstraint(
                fields=["phone"],
                condition=models.Q(has_account=True) & ~models.Q(phone=""),
                name="one_account_a_phone",
            ),
        ]
        indexes = [models.Index(fields=["phone"], name="person_phone")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def key(self) -> str:
        """How records name this person."""
        return f"person:{self.pk}"

    @property
    def addressed_as(self) -> str:
        """`Ibu Sahnim`, or the bare name where no salutation is known."""
        return f"{self.get_salutation_display()} {self.full_name}" if self.salutation else self.full_name

    @property
    def you(self) -> str:
        """The word that stands for this person in a sentence: Ibu, Bapak, Anda."""
        return str(self.get_salutation_display() if self.salutation else _("you"))

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]


class Link(models.Model):
    """An address that opens one thing without an account. Only the secret's hash is kept."""

    purpose = models.CharField(max_length=32, choices=LinkPurpose)
    subject = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    wrong_digits = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"

    @property
    def key(self) -> str:
        return f"link:{self.pk}"


class PersonalRead(models.Model):
    """Who saw whose personal fields, in batches: one row a page."""

    reader = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    page = models.CharField(max_length=200)
    fields = models.CharField(max_length=200)
    persons = models.ManyToManyField(Person, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-at", "id"], name="personal_read_newest")]

    def __str__(self) -> str:
        return f"{self.reader} {self.page}"
