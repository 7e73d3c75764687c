"""Sending a form twice does no harm."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from foundation import clock, once
from foundation.models import Sent

pytestmark = pytest.mark.django_db


def sending(token, path="/pesanan/baru/"):
    return RequestFactory().post(path, {"once": token} if token else {})


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
