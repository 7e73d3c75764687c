"""Files of makers: sent, checked, taken in, taken back."""

from lumbung.makers.actions.imports.checking import check_import
from lumbung.makers.actions.imports.keeping import drop_import, send_import
from lumbung.makers.actions.imports.taking import take_import
from lumbung.makers.actions.imports.undoing import undo_import
from lumbung.makers.actions.imports.works import CHECK, TAKE, UNDO

__all__ = [
    "CHECK",
    "TAKE",
    "UNDO",
    "check_import",
    "drop_import",
    "send_import",
    "take_import",
    "undo_import",
]
