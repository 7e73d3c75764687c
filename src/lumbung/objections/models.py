from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.objections.choices import OPEN_OBJECTIONS, ObjectionAbout, ObjectionOutcome, ObjectionState
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order
from lumbung.people.models import Person


class Objection(models.Model):
    """Somebody disagrees with how an order is shared out. The words, the person and the place typed are personal."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="objections")
    code = models.CharField(_("number"), max_length=20, unique=True)
    about = models.CharField(_("about"), max_length=12, choices=ObjectionAbout)
    words = models.TextField(_("own words"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    maker_typed = models.CharField(_("workshop or village"), max_length=160, blank=True)
    is_late = models.BooleanField(_("after the days in which objections are in time"), default=False)
    state = models.CharField(max_length=12, choices=ObjectionState, default=ObjectionState.FILED)
    due_on = models.DateField(_("to be answered by"))
    """The last day of the term that runs; a reply begins a new one."""

    filed_at = models.DateTimeField(default=clock.now)
    filed_by = models.CharField(max_length=120)
    reply = models.TextField(_("one more word"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("objection")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, replied_by="", reply="")
                | (Q(replied_at__isnull=False) & ~Q(replied_by="") & ~Q(reply="")),
                name="objection_replied_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="") & ~Q(state=ObjectionState.WITHDRAWN)
                | (Q(withdrawn_at__isnull=False, state=ObjectionState.WITHDRAWN) & ~Q(withdrawn_by="")),
                name="objection_withdrawn_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "state"], name="objection_order_state"),
            models.Index(
                fields=["due_on"], name="objection_open_due", condition=Q(state__in=list(OPEN_OBJECTIONS))
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        return f"objection:{self.code}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_OBJECTIONS

    def is_overdue(self) -> bool:
        """Whether nobody has answered until the end of the last day."""
        return self.is_open and clock.today() > self.due_on


class ObjectionAnswer(models.Model):
    """What the office answers: the first time, or the second after one more word of the objector."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("outcome"), max_length=16, choices=ObjectionOutcome)
    reason = models.TextField(_("reason"))
    changed = models.TextField(_("what was changed"), blank=True)
    record_id = models.PositiveBigIntegerField(_("record of the change"), null=True, blank=True)
    public_words = models.TextField(_("the answer for everybody"))
    due_on = models.DateField()
    answered_at = models.DateTimeField(default=clock.now)
    answered_by = models.CharField(max_length=120)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("answer to an objection")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["objection", "round"], name="objection_answer_once_a_round"),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="objection_answer_first_or_second"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by="") | (Q(told_at__isnull=False) & ~Q(told_by="")),
                name="objection_answer_told_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(public_words=""), name="objection_answer_gives_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(told_at__gte=F("answered_at")),
                name="objection_answer_told_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id}/{self.round}"

    @property
    def in_time(self) -> bool:
        return self.answered_at < clock.end_of(self.due_on)


class ReasonTold(models.Model):
    """A maker without a share of an order was sent the reason; the newest sending counts."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reasons_told")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="+")
    through = models.CharField(max_length=8, choices=SentBy)
    told_at = models.DateTimeField(default=clock.now)
    told_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("reason told")
        constraints = [models.UniqueConstraint(fields=["order", "maker"], name="reason_told_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.maker_id}"
