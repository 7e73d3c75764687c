from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.access import signed_in
from lumbung.people import queries, rules
from lumbung.people.models import Person


@require_safe
@signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """One's own page: name, roles, and who read one's personal fields."""
    assert isinstance(request.user, Person)
    shown = {"phone": rules.phone_shown(request.user.phone), "reads": queries.reads_about(request.user)}
    return render(request, "people/account.html", shown)
