"""How the list of records tells what happened to files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.files.choices import Visibility
from lumbung.records.queries import Told, word_deed, word_fields


@word_deed("files.kept", gettext_lazy("File added"))
def kept(told: Told) -> str:
    visible = Visibility(told.content["visibility"]).label
    return _("A file was added to %(subject)s; to be seen by: %(visible)s.") % {
        "subject": told.subject,
        "visible": visible,
    }


@word_deed("files.opened", gettext_lazy("Files opened to everybody"))
def opened(told: Told) -> str:
    count = len(told.content["attachments"])
    sentence = ngettext(
        "%(count)s file of %(subject)s can be seen by everybody from now on.",
        "%(count)s files of %(subject)s can be seen by everybody from now on.",
        count,
    )
    return sentence % {"count": count, "subject": told.subject}


@word_deed("files.removed", gettext_lazy("File taken away"))
def removed(told: Told) -> str:
    if reason := told.content.get("reason"):
        return _("A file of %(subject)s was taken away: %(reason)s") % {
            "subject": told.subject,
            "reason": reason,
        }
    return _("A file of %(subject)s was taken away.") % {"subject": told.subject}


word_fields(
    "files",
    {
        "attachment": gettext_lazy("Number of the file"),
        "attachments": gettext_lazy("Numbers of the files"),
        "file": gettext_lazy("Hash of the content"),
        "visibility": (gettext_lazy("To be seen by"), Visibility.choices),
    },
)
