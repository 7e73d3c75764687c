from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from foundation.whatsapp import to_whatsapp, whatsapp_address


@given(st.text(st.characters(codec="utf-8")))
def test_whatsapp_opens_with_the_text_as_it_is(text):
    address = urlsplit(whatsapp_address("+6281234567890", text))
    assert (address.netloc, address.path) == ("wa.me", "/6281234567890")
    assert parse_qs(address.query, keep_blank_values=True) == {"text": [text]}


def test_without_a_number_whoever_sends_chooses_the_conversation():
    assert whatsapp_address("", "My objection") == "https://wa.me/?text=My%20objection"


def test_the_browser_is_led_to_the_conversation_and_nothing_is_sent_again():
    led = to_whatsapp("+6281234567890", "Halo")
    assert (led.status_code, led.headers["Location"]) == (303, "https://wa.me/6281234567890?text=Halo")
