"""The sheet of the standard by link: seen by whoever makes, confirmed by whoever holds the share."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.links import answered_once
from lumbung.files.queries import path_of
from lumbung.people.actions import confirm_digits
from lumbung.production.actions.standards import confirm_standard
from lumbung.production.forms.telling import ConfirmForm
from lumbung.production.queries import standards as queries
from lumbung.production.rules.standard import why_not_confirm
from lumbung.production.views.opening import Opened, opened, opened_by_member, told


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The sheet with its photos, and four digits to confirm it."""
    standard = queries.standard_of(opened.share.line)
    reason = opened.why_not or why_not_confirm(opened.share, standard)
    confirmation = queries.confirmation_of(opened.share, standard) if standard else None
    form = ConfirmForm(request.POST or None, answering=opened.link.person)
    if reason is None and confirmation is None and form.is_valid() and _confirmed(request, opened, form):
        return redirect(f"{opened.address}standar/")
    context = told(request, opened) | {
        "form": form,
        "confirmation": confirmation,
        "why_not": reason,
        **_shown(opened),
    }
    return render(request, "production/link/sheet.html", context)


def _confirmed(request: HttpRequest, opened: Opened, form: ConfirmForm) -> bool:
    def confirm() -> str:
        return confirm_standard(share=opened.share, by=opened.link.key).share.key

    by = opened.link.key
    done = answered_once(
        request, form, confirm=lambda digits: confirm_digits(opened.link, digits, by=by), deed=confirm
    )
    return done is not None


def _shown(opened: Opened) -> dict[str, Any]:
    standard = queries.standard_of(opened.share.line)
    photos, sample = queries.photos_of(standard) if standard else ([], [])
    return {
        "standard": standard,
        "rows": list(standard.rows.all()) if standard else [],
        "photos": photos,
        "sample_photos": sample,
    }


@opened_by_member
@require_safe
def member_sheet(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The same for a member: to be seen."""
    return render(request, "production/link/sheet.html", told(request, opened) | _shown(opened))


def _photo(_request: HttpRequest, opened: Opened, photo: int) -> HttpResponseBase:
    """One photo of the sheet that counts; nothing else opens here."""
    standard = queries.standard_of(opened.share.line)
    photos, sample = queries.photos_of(standard) if standard else ([], [])
    found = next((one for one in (*photos, *sample) if one.pk == photo), None)
    path = path_of(found.file_id) if found else None
    if found is None or path is None or not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        content_type=found.file.media_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )


photo = opened(require_safe(_photo))
member_photo = opened_by_member(require_safe(_photo))
