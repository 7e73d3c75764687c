from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from lumbung.files import queries
from lumbung.files.choices import Visibility
from lumbung.files.models import Attachment


@require_safe
def attachment(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The bytes of a file, for whom they are; for everybody else there is nothing here."""
    found = get_object_or_404(queries.attachments_seen_by(request.user), pk=pk)
    if found.name != name:
        raise Http404
    etag = f'"{found.file_id}"'
    answer = get_conditional_response(request, etag=etag) or _opened(found)
    answer["ETag"] = etag
    shared = found.visibility == Visibility.PUBLIC
    answer["Cache-Control"] = "public, max-age=3600" if shared else "private, no-cache"
    return answer


def _opened(found: Attachment) -> HttpResponseBase:
    path = queries.path_of(found.file_id)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=not found.file.media_type.startswith("image/"),
        filename=found.name,
        content_type=found.file.media_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )
