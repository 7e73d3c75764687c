from foundation.work import Progress, work
from lumbung.dossier.actions.exporting import export_dossier
from lumbung.orders.models import Order

EXPORT = "dossier.export"


@work(EXPORT)
def export(progress: Progress, *, order: str) -> str:
    """A dossier with its photos takes its time: it is made away from the request."""
    found = Order.objects.get(code=order)
    made = export_dossier(order=found, by=progress.by, tell=progress.step)
    return made.get_absolute_url()
