"""The pages about certificates."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.answering import answer
from foundation.downloads import workbook_response
from foundation.paging import page_of
from foundation.sheets import Heading
from lumbung.certification import actions, queries
from lumbung.certification.choices import Covers
from lumbung.certification.forms import CertificateForm, RevokeForm, SchemeForm
from lumbung.certification.panels import with_state
from lumbung.makers.queries import makers_kept_by, may_keep_register, may_see_register, may_set_lists

page = require_http_methods(["GET", "HEAD", "POST"])
EXPIRING_SHOWN = 50


def _by(request: HttpRequest) -> str:
    key: str = request.user.key  # type: ignore[union-attr]
    return key


@page
@require(may_set_lists)
def schemes(request: HttpRequest) -> HttpResponse:
    """All schemes, and one more."""
    form = SchemeForm(request.POST or None)

    def add() -> str:
        given = {**form.cleaned_data, "covers": Covers(form.cleaned_data["covers"])}
        actions.add_scheme(**given, by=_by(request))
        return reverse("certification:schemes")

    context = {"form": form, "schemes": queries.schemes()}
    done = _("The scheme stands in the list.")
    return answer(request, form, add, done=done) or render(request, "certification/schemes.html", context)


@page
@require(may_keep_register)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate of a maker's people or goods."""
    maker = get_object_or_404(makers_kept_by(request.user), pk=pk)
    form = CertificateForm(request.POST or None, maker=maker)

    def grant() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "holder"}
        actions.grant_certificate(**given, person=form.person, good=form.good, by=_by(request))
        return maker.get_absolute_url()

    context = {"maker": maker, "form": form}
    done = _("The certificate is written down.")
    return answer(request, form, grant, done=done) or render(request, "certification/new.html", context)


@page
@require(may_keep_register)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate no longer counts."""
    held = get_object_or_404(queries.certificates_kept_by(request.user), pk=pk)
    form = RevokeForm(request.POST or None)

    def take_back() -> str:
        actions.revoke_certificate(certificate=held, reason=form.cleaned_data["reason"], by=_by(request))
        return queries.maker_of(held).get_absolute_url()

    context = {"held": held, "state": with_state(held)[1], "holder": queries.holder_name(held), "form": form}
    done = _("The certificate is revoked.")
    return answer(request, form, take_back, done=done) or render(
        request, "certification/revoke.html", context
    )


@require_safe
@require(may_see_register)
def expiring(request: HttpRequest) -> HttpResponse:
    """Certificates that end within ninety days, among the makers one sees."""
    held = queries.expiring(queries.certificates_seen_by(request.user))
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    page = page_of(held, by=("valid_until", "pk"), size=EXPIRING_SHOWN, after=after, before=before)
    rows = [(each, queries.holder_name(each)) for each in page.rows]
    return render(request, "certification/expiring.html", {"rows": rows, "page": page})


@require_safe
@require(may_see_register)
def expiring_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, all of them."""
    ending = queries.expiring(queries.certificates_seen_by(request.user))
    headings = [
        Heading(_("Holder"), 34),
        Heading(_("Scheme"), 34),
        Heading(_("Number"), 24),
        Heading(_("Valid from")),
        Heading(_("Valid until")),
    ]
    rows = (
        [queries.holder_name(held), held.scheme.words, held.number, held.valid_from, held.valid_until]
        for held in ending.iterator(2000)
    )
    return workbook_response(_("certificates"), [(_("Certificates that end soon"), headings, rows)])


@require_safe
@require(may_set_lists)
def schemes_sheet(request: HttpRequest) -> HttpResponseBase:
    """All schemes as a workbook."""
    headings = [
        Heading(_("Code"), 24),
        Heading(_("Scheme"), 34),
        Heading(_("English name"), 34),
        Heading(_("About"), 24),
    ]
    rows = ([each.code, each.name, each.name_en, each.get_covers_display()] for each in queries.schemes())
    return workbook_response(_("schemes"), [(_("Schemes"), headings, rows)])
