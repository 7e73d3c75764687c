"""A share of the demo whose pieces may be told: run beside the demo's server."""

import json
from dataclasses import dataclass

from tests.browser.conftest import Site

BEGIN = """
import json
from lumbung.orders.models import Share
from lumbung.production.actions.standards import confirm_standard
from lumbung.production.models import Making
from lumbung.production.tests import factories as make
from lumbung.production.tests.phones import to_share

begun = Making.objects.values("share")
promised = Share.objects.filter(confirmed_quantity__gte=50, released_quantity=0)
share = promised.exclude(pk__in=begun).exclude(maker__owner__phone="").order_by("pk")[0]
if not share.line.standards.exists():
    make.standard(share.line)
confirm_standard(share=share, by=make.LINK)
print(json.dumps([share.pk, to_share(share)[1], share.maker.owner.phone[-4:]]))
"""
TOLD = """
import json
from lumbung.production.models import Made

print(json.dumps(list(Made.objects.filter(share={}).order_by("pk").values_list("quantity", flat=True))))
"""


@dataclass(frozen=True)
class Telling:
    """Where the pieces of a share are told, and by whose digits."""

    share: int
    link: str
    digits: str

    @property
    def path(self) -> str:
        return f"{self.link}hasil/"


def begin(site: Site) -> Telling:
    """The production of a promised share begins, and its maker gets the link."""
    return Telling(*json.loads(site.command("shell", "--no-imports", "-c", BEGIN)))


def told(site: Site, telling: Telling) -> list[int]:
    """Each entry that arrived."""
    found: list[int] = json.loads(
        site.command("shell", "--no-imports", "-c", TOLD.format(telling.share)).splitlines()[-1]
    )
    return found
