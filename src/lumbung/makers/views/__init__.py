"""The pages of the register."""

from lumbung.makers.views.detail import detail, mine, open_personal
from lumbung.makers.views.entries import change, house_leaves, houses, houses_sheet, new, review, state
from lumbung.makers.views.goods import free_week, good, kinds, kinds_sheet, new_good, stop_good, weeks
from lumbung.makers.views.imports import (
    check_import,
    drop_import,
    import_back,
    import_makers,
    import_makers_sheet,
    import_page,
    import_remarks,
    import_remarks_sheet,
    import_template,
    imports,
    imports_sheet,
    take_import,
    undo_import,
)
from lumbung.makers.views.register import register, register_sheet, twins, twins_sheet, whole_sheet

__all__ = [
    "change",
    "check_import",
    "detail",
    "drop_import",
    "free_week",
    "good",
    "house_leaves",
    "houses",
    "houses_sheet",
    "import_back",
    "import_makers",
    "import_makers_sheet",
    "import_page",
    "import_remarks",
    "import_remarks_sheet",
    "import_template",
    "imports",
    "imports_sheet",
    "kinds",
    "kinds_sheet",
    "mine",
    "new",
    "new_good",
    "open_personal",
    "register",
    "register_sheet",
    "review",
    "state",
    "stop_good",
    "take_import",
    "twins",
    "twins_sheet",
    "undo_import",
    "weeks",
    "whole_sheet",
]
