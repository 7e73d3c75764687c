"""The same server with the lock taken out: proves that the test would notice."""

from contextlib import nullcontext

from config.wsgi import application
from lumbung.orders.actions import answering, resplitting
from lumbung.orders.models import OrderLine


class NoTransaction:
    """Stands in for django.db.transaction: every statement on its own."""

    @staticmethod
    def atomic(*args: object, **kwargs: object) -> nullcontext:
        return nullcontext()


def unlocked_line(line_id: int) -> OrderLine:
    return OrderLine.objects.get(pk=line_id)


def quiet_record(**kwargs: object) -> None:
    """Records want a transaction; here nothing has one."""


for module in (answering, resplitting):
    module.locked_line = unlocked_line
    module.transaction = NoTransaction
    module.leave_record = quiet_record

__all__ = ["application"]
