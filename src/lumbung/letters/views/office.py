"""The office's pages: its letters, one of them, how it signs and counts."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.access import require, signed_in
from foundation.answering import answer
from foundation.downloads import pdf_response, workbook_response
from foundation.paging import page_of
from foundation.sheets import Heading
from lumbung.letters import actions, queries
from lumbung.letters.choices import BY_HAND, LetterKind
from lumbung.letters.forms import HeadForm, LetterFilter, PatternForm, VoidForm
from lumbung.letters.models import Letter
from lumbung.letters.queries import may_set_head, may_write
from lumbung.letters.rules import issuing, numbering
from lumbung.letters.views.finding import actor
from lumbung.letters.views.showing import facts_shown
from lumbung.organisations.models import Party
from lumbung.organisations.queries import is_office
from lumbung.records.queries import called

page = require_http_methods(["GET", "HEAD", "POST"])
EXCEL = 50_000


@require_safe
@require(is_office)
def letter_list(request: HttpRequest) -> HttpResponse:
    """The letters of the person's office."""
    form, found = _filtered(request)
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    listed = page_of(found, by=form.order(), after=after, before=before)
    kept = _kept(request)
    context = {
        "form": form,
        "page": listed,
        "previous_url": f"?{kept}before={listed.before}" if listed.before else "",
        "next_url": f"?{kept}after={listed.after}" if listed.after else "",
        "excel_url": f"{reverse('letters:sheet')}?{kept}".rstrip("?&"),
        "narrowed": bool(kept),
        "may_write": may_write(request.user),
        "may_set_head": may_set_head(request.user),
    }
    return render(request, "letters/list.html", context)


def _filtered(request: HttpRequest) -> tuple[LetterFilter, "QuerySet[Letter]"]:
    form = LetterFilter(request.GET, years=queries.years_of(request.user))
    return form, queries.letters_found(queries.letters_seen_by(request.user), form.wanted())


def _kept(request: HttpRequest) -> str:
    """The filter, for addresses of further pages."""
    asked = request.GET.copy()
    for name in ("before", "after"):
        asked.pop(name, None)
    return f"{asked.urlencode()}&" if asked else ""


@require_safe
@require(is_office)
def letters_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same letters as a workbook."""
    form, found = _filtered(request)
    rows = (_row(letter) for letter in found.order_by(*form.order())[:EXCEL].iterator(2000))
    headings = [
        Heading(_("Number"), 32),
        Heading(_("Kind"), 24),
        Heading(_("About"), 44),
        Heading(_("Date"), 12),
        Heading(_("State"), 14),
        Heading(_("Reason"), 30),
        Heading(_("Replaced by"), 32),
        Heading(_("SHA-256 of the PDF"), 66),
    ]
    return workbook_response(f"surat-{clock.today()}", [(_("Letters"), headings, rows)])


def _row(letter: Letter) -> list[object]:
    newer = getattr(letter, "replaced_by", None)
    return [
        letter.number,
        letter.get_kind_display(),
        letter.title,
        letter.issued_on,
        letter.state.label,
        letter.void_reason,
        newer.number if newer else "",
        letter.sha256,
    ]


@require_safe
@require(is_office)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it says, its PDF, what became of it."""
    found = get_object_or_404(queries.letters_seen_by(request.user), pk=pk)
    secret = issuing.secret_of(found)
    may = (
        may_write(request.user)
        and queries.offices_written_by(request.user).filter(pk=found.office_id).exists()
    )
    context = {
        "letter": found,
        "facts": facts_shown(found),
        "newer": getattr(found, "replaced_by", None),
        "subject": called(found.subject) if found.subject else "",
        "check_url": reverse("letters:check", args=[secret]) if secret else "",
        "code": issuing.code_shown(secret),
        "may_write": may,
        "by_hand": found.kind in BY_HAND,
    }
    return render(request, "letters/letter.html", context)


@require_safe
@signed_in
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF, for the office and for whom the letter is about."""
    found = get_object_or_404(Letter, pk=pk)
    path = queries.pdf_path(found, request.user)
    if path is None or not path.exists():
        raise Http404
    return pdf_response(path.read_bytes(), found.number.replace("/", "-"))


@page
@require(may_write)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter no longer counts."""
    found = get_object_or_404(queries.letters_written_by(request.user), pk=pk)
    form = VoidForm(request.POST or None)

    def take_back() -> str:
        actions.void_letter(letter=found, reason=form.cleaned_data["reason"], by=actor(request))
        return found.get_absolute_url()

    done = _("The letter is voided. Who checks it reads so from now on.")
    return answer(request, form, take_back, done=done) or render(
        request, "letters/void.html", {"letter": found, "form": form}
    )


# How the office signs and counts


def _own_office(request: HttpRequest) -> Party:
    """The office that the person heads; the one of the address where there are several."""
    offices = queries.offices_headed_by(request.user)
    wanted = request.GET.get("dinas", "")
    found = offices.filter(pk=wanted).first() if wanted.isdecimal() else offices.first()
    if found is None:
        raise Http404
    return found


@require_safe
@require(may_set_head)
def head(request: HttpRequest) -> HttpResponse:
    """The letterhead of now and before, and the pattern of each kind with the number that comes next."""
    office = _own_office(request)
    kinds = [
        (kind, numbering.pattern_shown(pattern), number)
        for kind, pattern, number in queries.next_numbers(office)
    ]
    signings = queries.letterheads_of(office)
    context = {
        "office": office,
        "others": [each for each in queries.offices_headed_by(request.user) if each != office],
        "now": next((signing for signing in signings if signing.is_now), None),
        "signings": signings,
        "kinds": kinds,
    }
    return render(request, "letters/head.html", context)


def _head_url(office: Party) -> str:
    return f"{reverse('letters:head')}?dinas={office.pk}"


@page
@require(may_set_head)
def new_head(request: HttpRequest) -> HttpResponse:
    """The office signs otherwise from a day on."""
    office = _own_office(request)
    now = queries.letterhead_on(office, clock.today())
    begin = {"starts_on": clock.today(), **(HeadForm.from_row(now) if now else {})}
    form = HeadForm(request.POST or None, request.FILES or None, initial=begin)

    def set_it() -> str:
        actions.set_letterhead(
            office=office,
            head=form.head(),
            starts_on=form.cleaned_data["starts_on"],
            logo=form.cleaned_data["logo"],
            by=actor(request),
        )
        return _head_url(office)

    done = _("The letterhead is set.")
    return answer(request, form, set_it, done=done) or render(
        request, "letters/new_head.html", {"office": office, "form": form, "back": _head_url(office)}
    )


@page
@require(may_set_head)
def pattern(request: HttpRequest, kind: str) -> HttpResponse:
    """How the numbers of a kind are written from the next letter on."""
    if kind not in LetterKind.values:
        raise Http404
    office, of = _own_office(request), LetterKind(kind)
    standing = numbering.pattern_shown(queries.patterns_of(office)[of])
    form = PatternForm(request.POST or None, initial={"pattern": standing})

    def set_it() -> str:
        actions.set_pattern(office=office, kind=of, pattern=form.cleaned_data["pattern"], by=actor(request))
        return _head_url(office)

    context = {
        "office": office,
        "kind": of,
        "form": form,
        "places": numbering.places_shown(),
        "usual": numbering.pattern_shown(numbering.USUAL),
        "back": _head_url(office),
    }
    done = _("The pattern is set.")
    return answer(request, form, set_it, done=done) or render(request, "letters/pattern.html", context)
