"""Making, fetching and verifying dossiers."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.work import start
from lumbung.dossier import queries
from lumbung.dossier.actions import EXPORT
from lumbung.dossier.forms import VerifyForm
from lumbung.dossier.models import Export
from lumbung.dossier.rules.wording import sentence_of
from lumbung.orders.models import Order
from lumbung.orders.queries.orders import orders_seen_by
from orderdossier import NotADossier, PublicKey, Report, verify


def _order(request: HttpRequest, code: str) -> Order:
    return get_object_or_404(orders_seen_by(request.user), code=code)


def _export(request: HttpRequest, code: str, pk: int) -> Export:
    return get_object_or_404(queries.exports_of(_order(request, code)), pk=pk)


@require(queries.may_make)
@require_http_methods(["GET", "POST"])
def show_exports(request: HttpRequest, code: str) -> HttpResponse:
    """The dossiers of an order; sent, another one is made away from the request."""
    order = _order(request, code)
    if request.method == "POST":
        about = _("Dossier of %(order)s") % {"order": order.code}
        by = request.user.key  # type: ignore[union-attr]
        return redirect(start(EXPORT, by=by, about=about, back=request.path, order=order.code))
    return render(
        request, "dossier/exports.html", {"order": order, "exports": queries.exports_of(order)[:50]}
    )


@require(queries.may_make)
@require_safe
def show_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One dossier: its hash, its key, and the file while it is kept."""
    export = _export(request, code, pk)
    context = {"export": export, "order": export.order, "is_kept": queries.path_of(export).exists()}
    return render(request, "dossier/file.html", context)


@require(queries.may_make)
@require_safe
def download(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    export = _export(request, code, pk)
    path = queries.path_of(export)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=export.file_name)
    response["Cache-Control"] = "private, no-store"
    return response


@require(queries.may_make)
@require_http_methods(["GET", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Verify a dossier that somebody brought, from the file alone."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= _verified(form.cleaned_data["file"], form.cleaned_data["key"])
    return render(request, "dossier/verify.html", context)


def _verified(sent: UploadedFile[bytes], key: PublicKey | None) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.zip"
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for chunk in sent.chunks():
                digest.update(chunk)
                file.write(chunk)
        try:
            report: Report | None = verify(path, key)
        except NotADossier:
            report = None
    faults = [sentence_of(fault) for fault in report.faults] if report else []
    own = queries.export_of_hash(digest.hexdigest())
    return {"report": report, "faults": faults, "own": own, "digest": digest.hexdigest(), "verified": True}


@require_safe
def show_keys(request: HttpRequest) -> HttpResponse:
    """For everybody: the keys with which the office's dossiers are signed."""
    return render(request, "dossier/keys.html", {"keys": queries.published_keys()})
