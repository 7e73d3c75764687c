"""The long work with files of makers, away from the request."""

from foundation.work import Progress, work
from lumbung.makers.actions.imports.checking import check_import
from lumbung.makers.actions.imports.taking import take_import
from lumbung.makers.actions.imports.undoing import undo_import
from lumbung.makers.models import MakerImport

CHECK, TAKE, UNDO = "makers.check_import", "makers.take_import", "makers.undo_import"


@work(CHECK)
def check(progress: Progress, *, batch: int) -> str:
    found = check_import(batch=MakerImport.objects.get(pk=batch), by=progress.by, say=progress.say)
    return found.get_absolute_url()


@work(TAKE)
def take(progress: Progress, *, batch: int) -> str:
    found = take_import(batch=MakerImport.objects.get(pk=batch), by=progress.by, say=progress.say)
    return found.get_absolute_url()


@work(UNDO)
def undo(progress: Progress, *, batch: int) -> str:
    found = undo_import(batch=MakerImport.objects.get(pk=batch), by=progress.by, say=progress.say)
    return found.get_absolute_url()
