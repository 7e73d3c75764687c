"""Photos and documents of an order's specification: the office's while it is a draft, then everybody's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from lumbung.files.actions import keep_file, remove_attachment
from lumbung.files.choices import Visibility
from lumbung.files.queries import attachments_of
from lumbung.orders.queries.orders import may_order
from lumbung.orders.views.finding import actor, order_of
from lumbung.orders.views.showing import told


@require(may_order)
@require_POST
def add_file(request: HttpRequest, code: str) -> HttpResponse:
    order = order_of(request, code)
    upload = request.FILES.get("file")
    if upload is None:
        messages.warning(request, _("Choose a photo or a PDF first."))
        return redirect(order)

    def keep() -> str:
        keep_file(
            upload=upload,
            subject=order.key,
            name=upload.name or "",
            visibility=Visibility.PUBLIC if order.published_at else Visibility.OFFICE,
            by=actor(request),
        )
        if order.published_at:
            return _("The file is kept. Everybody who sees the order sees it.")
        return _("The file is kept. As soon as the order is published, everybody sees it.")

    told(request, keep)
    return redirect(order)


@require(may_order)
@require_POST
def remove_file(request: HttpRequest, code: str, file: int) -> HttpResponse:
    order = order_of(request, code)
    attachment = get_object_or_404(attachments_of(order.key, seen_by=request.user), pk=file)

    def take_away() -> str:
        remove_attachment(attachment, by=actor(request), reason=request.POST.get("reason", ""))
        return _("The file is taken away.")

    told(request, take_away)
    return redirect(order)
