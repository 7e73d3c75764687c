"""What comes back moves on at once, right after the answer's commit; the worker repeats what failed."""

from lumbung.orders.actions.resplitting import resplit
from lumbung.orders.choices import SHARE_ACCEPTED, SHARE_DECLINED, SHARE_RELEASED
from lumbung.orders.models import OrderLine, Share
from lumbung.records.actions import hear, read_content
from lumbung.records.models import Record

ACTOR = "room:orders"


@hear(SHARE_ACCEPTED, name="orders.move_on_partly")
@hear(SHARE_DECLINED, name="orders.move_on_declined")
@hear(SHARE_RELEASED, name="orders.move_on_released")
def move_on(record: Record) -> None:
    """Split again what an answer left over, if the order wants that done by itself."""
    content = read_content(record)
    if "confirmed" in content and content["confirmed"] == content["offered"]:
        return
    line_id = Share.objects.values_list("line_id", flat=True).get(pk=content["share"])
    line = OrderLine.objects.select_related("order").get(pk=line_id)
    if line.order.resplits_itself:
        resplit(line=line, by=ACTOR)
