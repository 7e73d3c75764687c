"""What was typed stays until the server has it: also when the connection fails right after sending."""

from collections.abc import Callable

from playwright.sync_api import Error

from tests.browser.conftest import Visitor

NEW = "/pelaku/baru/"


def typed(visitor: Visitor) -> str:
    return visitor.page.input_value("[name=full_name]")


def test_a_connection_that_fails_after_sending_loses_nothing(visit: Callable[..., Visitor]) -> None:
    officer = visit().sign_in("rohani@contoh.test")
    officer.go(NEW)
    officer.page.fill("[name=full_name]", "Sahnim Contoh")
    officer.page.fill("[name=name]", "Jahit Contoh")
    officer.page.context.set_offline(True)
    officer.page.locator("main form[data-draft] button.main").first.click()
    officer.page.wait_for_timeout(500)
    officer.page.context.set_offline(False)
    try:
        officer.go(NEW)
    except Error:  # the page of the failed sending was still opening
        officer.go(NEW)
    assert typed(officer) == "Sahnim Contoh"
    assert officer.page.locator("form[data-draft] .notice.info").count() == 1


def test_what_the_server_has_taken_is_forgotten(visit: Callable[..., Visitor]) -> None:
    officer = visit().sign_in("rohani@contoh.test")
    officer.go(NEW)
    for name, value in {
        "full_name": "Sahnim Contoh",
        "name": "Jahit Contoh Dua",
        "village": "Mamben Lauk, Wanasaba",
    }.items():
        officer.page.fill(f"[name={name}]", value)
    officer.page.locator("[name=salutation]").first.check()
    officer.press("main form[data-draft] button.main")
    assert officer.page.url.rstrip("/") != officer.address + NEW.rstrip("/")
    officer.go(NEW)
    assert typed(officer) == ""
    officer.page.fill("[name=full_name]", "Orang Kedua")
    officer.go(NEW)
    assert typed(officer) == "Orang Kedua"
