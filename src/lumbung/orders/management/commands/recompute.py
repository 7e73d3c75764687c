import hashlib
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import ordersplit
from foundation.formats import number
from foundation.management.speaking import SpeakingCommand
from lumbung.orders.models import Split
from lumbung.orders.rules import plan, snapshot


class Command(SpeakingCommand):
    help = "Compute a decided split again from its published inputs and compare it, piece by piece."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("order", help="the order's number, such as PSN-2026-0001")

    def handle(self, *args: Any, **options: Any) -> None:
        splits = Split.objects.filter(line__order__code=options["order"], state="decided").order_by("pk")
        if not splits:
            raise CommandError(_("No decided split belongs to %(order)s.") % {"order": options["order"]})
        differing = [split for split in splits if not self._agrees(split)]
        if differing:
            raise CommandError(
                _("%(differing)s of %(all)s splits differ from their inputs.")
                % {"differing": len(differing), "all": len(splits)}
            )
        agreed = ngettext(
            "%(count)s split computed again: every share agrees to the piece.",
            "%(count)s splits computed again: every share agrees to the piece.",
            len(splits),
        )
        self.stdout.write(agreed % {"count": len(splits)})

    def _agrees(self, split: Split) -> bool:
        told = snapshot.unpack(bytes(split.snapshot))
        problem, credits = snapshot.problem_from(told)
        policy = plan.policy_of(
            budget_bp=told["budget_bp"], seed=told["seed"], credits=credits, max_share=told["max_share"]
        )
        again = ordersplit.solve(problem, policy)
        kept = {
            f"maker:{maker}": quantity
            for maker, quantity in split.rows.filter(quantity__gt=0).values_list("maker_id", "quantity")
        }
        found = {key: q for key, q in zip(problem.suppliers.id, again.quantity.tolist(), strict=True) if q}
        digest = hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]
        line = {"number": split.number, "units": number(sum(found.values())), "makers": number(len(found))}
        self.stdout.write(
            _("%(number)s: %(units)s units, %(makers)s makers, digest %(digest)s")
            % {**line, "digest": digest}
        )
        return found == kept and plan.fingerprint(problem, credits) == split.input_hash
