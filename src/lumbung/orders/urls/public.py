from django.urls import URLPattern, path

from foundation.links import language
from lumbung.orders.views import ledger, offers, paper, places, public, sending

ANSWERS = {
    "sanggup": offers.accept,
    "sebagian": offers.accept_part,
    "tidak": offers.decline,
    "halangan": offers.release,
}

urlpatterns: list[URLPattern] = [
    path("b/", offers.code, name="code"),
    path("b/<str:secret>/", offers.offer, name="offer"),
    path("b/<str:secret>/bahasa/", language, name="offer_language"),
    *[path(f"b/<str:secret>/{word}/", view, name=f"offer_{word}") for word, view in ANSWERS.items()],
    path("k/<str:secret>/", offers.bundle, name="bundle"),
    path("k/<str:secret>/bahasa/", language, name="bundle_language"),
    path("k/<str:secret>/<int:share>/", offers.offer, name="bundle_offer"),
    *[
        path(f"k/<str:secret>/<int:share>/{word}/", view, name=f"bundle_{word}")
        for word, view in ANSWERS.items()
    ],
    path("giliran/", ledger.show_ledger, name="ledger"),
    path("giliran/pelaku/", ledger.show_makers, name="ledger_makers"),
    path("giliran/pelaku/excel/", ledger.export_makers, name="ledger_export"),
    path("desa-prioritas/", ledger.priority_villages, name="priority"),
    path("desa-prioritas/excel/", ledger.export_priority, name="priority_export"),
    path("desa-prioritas/<int:listed>/akhiri/", ledger.end_priority, name="priority_end"),
    path("kuota/<slug:code>/", public.quota, name="quota"),
    path("kuota/<slug:code>/mengapa/", public.why, name="why"),
    path("kuota/<slug:code>/mengapa/<int:line>/desa/", places.villages, name="why_villages"),
    path(
        "kuota/<slug:code>/mengapa/<int:line>/desa/excel/", places.export_villages, name="why_villages_export"
    ),
    path("pesanan/<slug:code>/kirim/", sending.queue, name="sending"),
    path("pesanan/<slug:code>/kirim/unduh/", sending.queue_sheet, name="sending_sheet"),
    path("pesanan/<slug:code>/kirim/<int:share>/", sending.send_share, name="send_share"),
    path("pesanan/<slug:code>/kirim/desa/<str:village>/", paper.offer_sheet, name="sheet"),
    path("pesanan/<slug:code>/kirim/kapten/<int:person>/", sending.captain, name="captain"),
]
