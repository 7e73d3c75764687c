"""What a record about an objection or about reasons says, as a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.formats import number
from lumbung.objections import choices

Content = Mapping[str, Any]


def sentence_of(deed: str, content: Content) -> str:
    """One sentence for one deed; empty for those of other rooms."""
    tell = _SENTENCES.get(deed)
    return tell(content) if tell else ""


def _answered(n: Content) -> str:
    words = {"code": n["objection"], "outcome": str(choices.ObjectionOutcome(n["outcome"]).label).lower()}
    if n["round"] == 2:
        return _("%(code)s answered a second time: %(outcome)s.") % words
    return _("%(code)s answered: %(outcome)s.") % words


_SENTENCES: dict[str, Callable[[Content], str]] = {
    choices.OBJECTION_FILED: lambda n: _("Objection %(code)s came in.") % {"code": n["objection"]},
    choices.OBJECTION_ANSWERED: _answered,
    choices.OBJECTION_REPLIED: lambda n: (
        _("%(code)s: the answer was not accepted, somebody else looks at it.") % {"code": n["objection"]}
    ),
    choices.OBJECTION_WITHDRAWN: lambda n: _("%(code)s was taken back.") % {"code": n["objection"]},
    choices.OBJECTION_TOLD: lambda n: _("The answer to %(code)s was sent.") % {"code": n["objection"]},
    choices.REASONS_TOLD: lambda n: (
        _("The reason was sent to %(count)s makers without a share.") % {"count": number(len(n["makers"]))}
    ),
}
