"""What comes back moves on at once, right after the answer's commit; the worker repeats what failed.

Where somebody else answers for a maker, links that were sent to the person before open nothing any more.
"""

from lumbung.makers.choices import OWNER_CHANGED
from lumbung.orders.actions.resplitting import resplit
from lumbung.orders.choices import SHARE_ACCEPTED, SHARE_DECLINED, SHARE_RELEASED
from lumbung.orders.models import OrderLine, Share
from lumbung.people.actions import revoke_link
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import links_held_by, open_links
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


@hear(OWNER_CHANGED, name="orders.withdraw_links")
def withdraw_links(record: Record) -> None:
    """The person before answers no more: links to the maker's shares, and those for groups, are withdrawn."""
    before, maker = read_content(record)["owner"], record.subject.removeprefix("maker:")
    keys = [share.key for share in Share.objects.filter(maker_id=maker).only("pk")]
    for link in open_links(keys, LinkPurpose.ANSWER_SHARE):
        if f"person:{link.person_id}" == before:
            revoke_link(link, by=ACTOR)
    for link in links_held_by(before, LinkPurpose.CAPTAIN_BUNDLE):
        revoke_link(link, by=ACTOR)
