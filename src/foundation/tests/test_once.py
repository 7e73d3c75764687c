"""Sending a form twice does no harm."""

import contextlib
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from foundation import clock, once
from foundation.models import Sent

pytestmark = pytest.mark.django_db


def sending(token, path="/pesanan/baru/", **more):
    return RequestFactory().post(path, ({"once": token} if token else {}) | more)


class Deed:
    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return f"/pesanan/{self.times}/"


def test_the_second_sending_is_answered_with_the_result_of_the_first():
    deed, token = Deed(), once.new_token()
    assert [once.do_once(sending(token), deed) for _ in range(3)] == ["/pesanan/1/"] * 3
    assert deed.times == 1


def test_another_form_is_another_deed():
    deed = Deed()
    once.do_once(sending(once.new_token()), deed)
    once.do_once(sending(once.new_token()), deed)
    assert deed.times == 2


def test_a_token_counts_for_its_own_address_only():
    deed, token = Deed(), once.new_token()
    once.do_once(sending(token, "/a/"), deed)
    once.do_once(sending(token, "/b/"), deed)
    assert deed.times == 2


def test_a_form_without_a_token_does_its_deed_each_time():
    deed = Deed()
    once.do_once(sending(""), deed)
    once.do_once(sending(""), deed)
    assert deed.times == 2


def test_a_deed_that_fails_may_be_tried_again():
    token = once.new_token()

    def fails():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once.do_once(sending(token), fails)
    assert once.do_once(sending(token), Deed()) == "/pesanan/1/"


def test_what_was_sent_is_forgotten_after_a_week_and_the_token_is_not_kept_in_clear():
    token = once.new_token()
    once.do_once(sending(token), Deed())
    assert token not in Sent.objects.get().token
    with clock.set_to(clock.now() + once.KEPT + timedelta(seconds=1)):
        once.do_once(sending(once.new_token()), Deed())
    assert Sent.objects.count() == 1


def answered(request, view):
    """The response after the middleware."""
    return once.TellSent(view)(request)


def test_the_answer_tells_the_browser_which_form_was_done():
    token = once.new_token()

    def view(request):
        once.do_once(request, Deed())
        return HttpResponse()

    for _ in range(2):
        cookie = answered(sending(token, draft="1"), view).cookies["sent"]
        assert (cookie.value, cookie["samesite"], cookie["max-age"]) == (token, "Lax", 604800)


def test_the_newest_five_tokens_are_told():
    request = sending("f", draft="1")
    request.COOKIES["sent"] = "e.d.c.b.a"
    assert (
        answered(request, lambda request: HttpResponse(once.do_once(request, Deed()))).cookies["sent"].value
        == "f.e.d.c.b"
    )


def test_a_form_that_was_refused_tells_nothing():
    def view(request):
        with contextlib.suppress(ValueError):
            once.do_once(request, refusing)
        return HttpResponse()

    def refusing():
        raise ValueError

    assert "sent" not in answered(sending("a", draft="1"), view).cookies
    assert "sent" not in answered(sending("", draft="1"), view).cookies


def test_a_browser_that_keeps_nothing_gets_no_cookie():
    answer = answered(sending("a"), lambda request: HttpResponse(once.do_once(request, Deed())))
    assert "sent" not in answer.cookies
