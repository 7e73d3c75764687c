from lumbung.makers.models import Maker
from lumbung.records.queries import records_about


def deeds_about(subject: Maker) -> list[str]:
    """The deeds in a maker's chain, the first one first."""
    return [record.deed for record in records_about(subject.key).order_by("position")]
