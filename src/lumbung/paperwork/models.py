from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.letters.choices import LetterKind
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork.choices import ComesAbout


class Habit(models.Model):
    """Whether letters of a kind come about by themselves: in an office, or for one order. The newest row counts.

    `site` is the address under which it was switched on: where the codes of such letters lead while no public address
    is set.
    """

    office = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letter_habits")
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="letter_habits"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind)
    way = models.CharField(_("how they come about"), max_length=8, choices=ComesAbout)
    site = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("habit of letters")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(order__isnull=False) | ~models.Q(way="usual"),
                name="habit_of_an_office_is_no_exception",
            ),
            models.CheckConstraint(
                condition=models.Q(set_at__isnull=False) & ~models.Q(set_by=""), name="habit_set_at_and_by"
            ),
        ]
        indexes = [models.Index(fields=["office", "order", "kind", "id"], name="habit_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.way}"
