"""After each delivery and each confirmed account the watch looks at those makers; again does no harm."""

from lumbung.deliveries.choices import DELIVERED
from lumbung.money.choices import ACCOUNT_CONFIRMED
from lumbung.records.actions import hear, read_content
from lumbung.records.models import Record
from lumbung.scorecards.actions import look_at, look_at_accounts

ACTOR = "room:scorecards"


@hear(DELIVERED, name="scorecards.look_at_delivery")
def look_at_delivery(record: Record) -> None:
    maker = str(read_content(record)["maker"]).removeprefix("maker:")
    look_at([int(maker)], by=ACTOR)


@hear(ACCOUNT_CONFIRMED, name="scorecards.look_at_account")
def look_at_account(record: Record) -> None:
    look_at_accounts([record.subject], by=ACTOR)
