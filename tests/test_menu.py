import pytest
from django.contrib.auth.models import AnonymousUser

from config.menu import entries
from lumbung.organisations.tests.factories import cast

pytestmark = pytest.mark.django_db


def test_the_menu_shows_each_what_opens_for_them():
    all_ = cast()

    def urls(who):
        return {entry.url for entry in entries(who, "/")}

    assert "/catatan/" in urls(all_.auditor)
    assert "/catatan/" not in urls(all_.regency_officer) | urls(all_.maker) | urls(all_.stranger)
    assert "/akun/" in urls(all_.maker)
    assert "/giliran/" in urls(AnonymousUser())
    assert "/akun/masuk/" in urls(AnonymousUser())
    assert "/akun/" not in urls(AnonymousUser())
    assert "/pelaku/saya/" in urls(all_.maker) & urls(all_.captain)
    assert "/pelaku/saya/" not in urls(all_.officer) | urls(all_.buyer)
    assert "/surat/" in urls(all_.officer) & urls(all_.auditor)
    assert "/surat/" not in urls(all_.maker) | urls(all_.buyer) | urls(AnonymousUser())
    assert "/uang/" in urls(all_.treasurer) & urls(all_.auditor) & urls(all_.maker) & urls(all_.buyer)
    assert "/uang/" not in urls(all_.regency_officer) | urls(all_.inspector) | urls(all_.stranger)
    assert "/gudang/" in urls(all_.officer) & urls(all_.auditor)
    assert "/gudang/" not in urls(all_.maker) | urls(all_.buyer)
    assert "/penyerahan/" in urls(all_.inspector) & urls(all_.maker) & urls(all_.buyer)
    assert "/penyerahan/" not in urls(all_.stranger) | urls(all_.mentor)
    assert "/dinas/akun/" in urls(all_.decider)
    assert "/dinas/akun/" not in urls(all_.officer) | urls(all_.auditor)


def test_the_menu_marks_the_page_one_is_on():
    auditor = cast().auditor
    here = {entry.url: entry.current for entry in entries(auditor, "/catatan/periksa/")}
    assert [url for url, current in here.items() if current] == ["/catatan/"]
