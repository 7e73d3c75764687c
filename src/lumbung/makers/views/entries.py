"""Writing makers down and mending their entries."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.answering import answer, press
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.makers import actions, queries
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.forms import ChangeForm, EntryForm, HouseholdForm, OwnerForm, ReviewForm, StateForm
from lumbung.makers.views.answering import find, me
from lumbung.people.actions import note_personal_reads
from lumbung.people.choices import Salutation

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@require(queries.may_keep_register)
def new(request: HttpRequest) -> HttpResponse:
    """A new maker with its owner."""
    regencies = queries.regencies_kept_by(request.user)
    form = EntryForm(request.POST or None, regencies=regencies)

    def register() -> str:
        given = dict(form.cleaned_data)
        given["kind"] = MakerKind(given["kind"])
        given["salutation"] = Salutation(given["salutation"])
        maker = actions.register_with_owner(**given, by=me(request).key)
        return maker.get_absolute_url()

    done = _("The maker stands in the register. Next: what is made there.")
    return answer(request, form, register, done=done) or render(request, "makers/new.html", {"form": form})


@page
@require(queries.may_keep_register)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry mended."""
    maker = find(queries.makers_kept_by(request.user), pk)
    regencies = queries.regencies_kept_by(request.user)
    if maker.house and request.method != "POST":
        note_personal_reads(
            reader=me(request).key, page=request.path, fields="house", persons=[maker.owner_id]
        )
    form = ChangeForm(request.POST or None, maker=maker, regencies=regencies)

    def mend() -> str:
        actions.change_maker(maker=maker, **form.cleaned_data, by=me(request).key)
        return maker.get_absolute_url()

    done = _("The entry is mended.")
    return answer(request, form, mend, done=done) or _form_page(request, maker, form, _("Mend the entry"))


def _form_page(request: HttpRequest, maker: Any, form: Any, title: str, **more: Any) -> HttpResponse:
    return render(request, "makers/form.html", {"maker": maker, "form": form, "title": title, **more})


@page
@require(queries.may_keep_register)
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else answers for the maker from now on."""
    maker = find(queries.makers_kept_by(request.user), pk)
    form = OwnerForm(request.POST or None)

    def hand_over() -> str:
        given = dict(form.cleaned_data)
        given["salutation"] = Salutation(given["salutation"])
        actions.change_owner(maker=maker, **given, by=me(request).key)
        return maker.get_absolute_url()

    done = _("Somebody else answers from now on. Look whether the bank account is still the right one.")
    return answer(request, form, hand_over, done=done) or _form_page(
        request, maker, form, _("Somebody else answers for it"), lead=LEAD_OWNER
    )


LEAD_OWNER = gettext_lazy(
    "Open offers go to the new person: links that were sent before are withdrawn, so send them again. "
    "Certificates of skill stay with the person who was tested; those of goods stay with the goods."
)
DEEDS = {
    MakerState.ACTIVE: actions.reactivate_maker,
    MakerState.PAUSED: actions.pause_maker,
    MakerState.CLOSED: actions.close_maker,
}


@page
@require(queries.may_keep_register)
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Paused, closed, or taken up again."""
    maker = find(queries.makers_kept_by(request.user), pk)
    form = StateForm(request.POST or None, initial={"state": maker.state})

    def set_state() -> str:
        deed = DEEDS[MakerState(form.cleaned_data["state"])]
        deed(maker=maker, reason=form.cleaned_data["reason"], by=me(request).key)
        return maker.get_absolute_url()

    done = _("The state is written down.")
    return answer(request, form, set_state, done=done) or _form_page(
        request, maker, form, _("Pause, close or take up again")
    )


@page
@require(queries.may_keep_register)
def review(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two entries side by side: are they one maker?"""
    maker = find(queries.makers_kept_by(request.user), pk)
    likeness = next((each for each in queries.likenesses_of(maker) if each.maker.pk == other), None)
    form = ReviewForm(request.POST or None)
    if likeness is None:
        return render(request, "makers/no_likeness.html", {"maker": maker}, status=404)

    def found_two() -> str:
        actions.review_duplicates(
            first=maker, second=likeness.maker, reason=form.cleaned_data["reason"], by=me(request).key
        )
        return maker.get_absolute_url()

    done = _("Written down: these are two makers.")
    return answer(request, form, found_two, done=done) or render(
        request, "makers/review.html", {"maker": maker, "likeness": likeness, "form": form}
    )


@page
@require(queries.may_keep_register)
def houses(request: HttpRequest, pk: int) -> HttpResponse:
    """The households of a captain's group, and one more."""
    maker = find(queries.makers_kept_by(request.user).filter(kind=MakerKind.GROUP), pk)
    form = HouseholdForm(request.POST or None)

    def join() -> str:
        given = dict(form.cleaned_data)
        given["salutation"] = Salutation(given["salutation"])
        actions.add_household_of(maker=maker, **given, by=me(request).key)
        return reverse("makers:houses", args=[maker.pk])

    done = _("The household is written down.")
    context = {"maker": maker, "form": form, "houses": queries.houses_of(maker)}
    return answer(request, form, join, done=done) or render(request, "makers/houses.html", context)


@require_POST
@require(queries.may_keep_register)
def house_leaves(request: HttpRequest, pk: int, house: int) -> HttpResponse:
    """A household no longer works with the group."""
    maker = find(queries.makers_kept_by(request.user), pk)
    household = get_object_or_404(queries.houses_of(maker), pk=house)
    return press(
        request,
        lambda: actions.household_leaves(household=household, by=me(request).key),
        back=reverse("makers:houses", args=[maker.pk]),
        done=_("Written down: the household has left."),
    )


@require_safe
@require(queries.may_keep_register)
def houses_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The households of a group as a workbook."""
    maker = find(queries.makers_kept_by(request.user).filter(kind=MakerKind.GROUP), pk)
    headings = [Heading(_("Name"), 34), Heading(_("Hamlet"), 24), Heading(_("Left on"), 14)]
    rows = ([house.person.full_name, house.hamlet, house.left_on] for house in queries.houses_of(maker))
    return workbook_response(_("households"), [(_("Households"), headings, rows)])
