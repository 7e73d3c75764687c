import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from foundation import access


class Somebody:
    is_authenticated = True


def asked(view, user):
    request = RequestFactory().get("/halaman/?a=1")
    request.user = user
    return view(request)


def page(request):
    return HttpResponse("here")


def test_a_visitor_is_sent_to_sign_in_and_back():
    answer = asked(access.signed_in(page), AnonymousUser())
    assert (answer.status_code, answer.url) == (302, "/akun/masuk/?next=%2Fhalaman%2F%3Fa%3D1")


def test_who_passes_the_test_sees_the_page_and_others_do_not():
    assert asked(access.require(lambda person: True)(page), Somebody()).content == b"here"
    with pytest.raises(PermissionDenied):
        asked(access.require(lambda person: False)(page), Somebody())


def test_a_name_that_nobody_defined_lets_nobody_pass():
    guarded = access.require("astronauts")(page)
    assert access.may("astronauts", Somebody()) is False
    with pytest.raises(PermissionDenied):
        asked(guarded, Somebody())
    access.define("astronauts", lambda person: True)
    try:
        assert asked(guarded, Somebody()).content == b"here"
    finally:
        access._tests.pop("astronauts")
