"""The standard of a line: written, shown with its photos, approved by somebody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.access import require
from foundation.answering import answer, press
from lumbung.files.models import Attachment
from lumbung.orders.models import OrderLine
from lumbung.orders.rules.wording import goods_of
from lumbung.people.queries import names_of
from lumbung.production.actions import standards as actions
from lumbung.production.forms.office import SheetForm
from lumbung.production.models import Standard
from lumbung.production.queries import standards as queries
from lumbung.production.queries.access import may_approve, may_read_all, may_write
from lumbung.production.rules import standard as rules
from lumbung.production.views.finding import actor, line_of


@require(may_read_all)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """Every version, the newest first; the draft with its form."""
    found = line_of(request, code, line)
    draft = queries.draft_of(found)
    writes = may_write(request.user) and rules.why_not_write(found.order) is None
    form = SheetForm(request.POST) if request.method == "POST" and writes else SheetForm.of(draft)

    def write() -> str:
        actions.write_standard(line=found, sheet=form.sheet, by=actor(request))
        return _address(found)

    kept = answer(request, form, write, done=_("The draft is kept. It counts once somebody approves it."))
    if kept is not None:
        return kept
    context = {
        "order": found.order,
        "line": found,
        "goods": goods_of(found),
        "draft": _told(draft) if draft else None,
        "why_not_approve": _why_not_approve(request, draft),
        "approves": may_approve(request.user),
        "versions": [_told(one) for one in queries.versions_of(found) if not one.is_draft],
        "form": form if writes else None,
    }
    return render(request, "production/standard.html", context | _named(found))


def _address(line: OrderLine) -> str:
    return reverse("production:standard", args=[line.order.code, line.pk])


def _told(standard: Standard) -> dict[str, Any]:
    photos, sample = queries.photos_of(standard)
    return {
        "standard": standard,
        "rows": list(standard.rows.all()),
        "photos": photos,
        "sample_photos": sample,
    }


def _named(line: OrderLine) -> dict[str, Any]:
    keys = {
        key for pair in line.standards.values_list("written_by", "approved_by", "dropped_by") for key in pair
    }
    return {"names": names_of(keys)}


def _why_not_approve(request: HttpRequest, draft: Standard | None) -> str | None:
    if draft is None:
        return None
    sample = queries.sample_photos(draft)
    return rules.why_not_approve(draft, rows=draft.rows.count(), sample_photos=sample, by=actor(request))


def _draft(request: HttpRequest, code: str, line: int) -> Standard:
    found = line_of(request, code, line)
    return get_object_or_404(found.standards.select_related("line__order"), approved_at=None, dropped_at=None)


@require(may_write)
@require_POST
def photo(request: HttpRequest, code: str, line: int) -> HttpResponse:
    draft = _draft(request, code, line)
    upload = request.FILES.get("file")
    if upload is None:
        messages.warning(request, _("Choose a photo first."))
        return redirect(_address(draft.line))
    is_sample = request.POST.get("of") == "sample"

    def keep() -> None:
        actions.add_photo(
            standard=draft, upload=upload, name=upload.name or "", is_sample=is_sample, by=actor(request)
        )

    return press(request, keep, back=_address(draft.line), done=_("The photo is kept."))


@require(may_write)
@require_POST
def remove(request: HttpRequest, code: str, line: int, photo: int) -> HttpResponse:
    draft = _draft(request, code, line)
    kept = get_object_or_404(Attachment, pk=photo, subject__in=[draft.key, draft.sample_key], removed_at=None)
    return press(
        request,
        lambda: actions.remove_photo(standard=draft, photo=kept, by=actor(request)),
        back=_address(draft.line),
        done=_("The photo is taken away."),
    )


@require(may_approve)
@require_POST
def approve(request: HttpRequest, code: str, line: int) -> HttpResponse:
    draft = _draft(request, code, line)
    return press(
        request,
        lambda: actions.approve_standard(standard=draft, by=actor(request)),
        back=_address(draft.line),
        done=_("The standard is approved. Makers confirm it before they start."),
    )


@require(may_write)
@require_POST
def drop(request: HttpRequest, code: str, line: int) -> HttpResponse:
    draft = _draft(request, code, line)
    return press(
        request,
        lambda: actions.drop_standard(standard=draft, by=actor(request)),
        back=_address(draft.line),
        done=_("The draft is dropped."),
    )
