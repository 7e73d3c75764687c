"""What the pages that change something have in common."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lumbung.makers.models import Maker
from lumbung.people.models import Person


def me(request: HttpRequest) -> Person:
    """Who is signed in; the page has asked before."""
    assert isinstance(request.user, Person)
    return request.user


def find(makers: QuerySet[Maker], pk: int) -> Maker:
    """Look only among what the person may see."""
    return get_object_or_404(makers, pk=pk)
