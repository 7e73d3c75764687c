"""The list of priority villages: who is put on it, on which basis, and until when."""

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.orders.models import PriorityVillage
from lumbung.orders.queries.ledger_page import priority_list
from lumbung.orders.rules import priority as rules
from lumbung.places.models import Village
from lumbung.records.actions import leave_record


def add_priority_village(*, village: Village, basis: str, by: str) -> PriorityVillage:
    """Prefer a village in orders that are published from now on."""
    with transaction.atomic():
        village = Village.objects.select_for_update().get(pk=village.pk)
        already = priority_list().filter(village=village).exists()
        refuse(rules.why_not_add(basis=basis, already=False), field="basis")
        refuse(rules.why_not_add(basis=basis, already=already), field="village")
        listed, _new = PriorityVillage.objects.update_or_create(
            village=village,
            starts_on=clock.today(),
            defaults={"basis": basis.strip(), "ends_on": None, "added_at": clock.now(), "added_by": by},
        )
        content = {"village": village.pk, "basis": listed.basis}
        leave_record(subject="priority-villages", deed="orders.priority_added", by=by, content=content)
    return listed


def end_priority_village(*, listed: PriorityVillage, by: str) -> PriorityVillage:
    """Take a village off the list: from tomorrow on orders are published without it; those before keep it."""
    with transaction.atomic():
        listed = PriorityVillage.objects.select_for_update().get(pk=listed.pk)
        refuse(rules.why_not_end(listed, today=clock.today()))
        listed.ends_on = clock.today()
        listed.save(update_fields=["ends_on"])
        content = {"village": listed.village_id, "ends_on": listed.ends_on.isoformat()}
        leave_record(subject="priority-villages", deed="orders.priority_ended", by=by, content=content)
    return listed
