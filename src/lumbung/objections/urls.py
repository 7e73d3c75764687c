"""Where anybody objects and follows it by link, where the office answers, and where reasons are told and read."""

from django.urls import URLPattern, path

from foundation.links import language
from lumbung.objections.views import objecting, objections, own_reasons, paper, reasons

app_name = "objections"
OBJECTION = "pesanan/keberatan/<slug:number>/"
REASONS = "pesanan/<slug:code>/alasan/"

urlpatterns: list[URLPattern] = [
    path("kuota/<slug:code>/keberatan/", objecting.object_in_public, name="object"),
    path("b/<str:secret>/keberatan/", objecting.object_by_offer, name="offer_object"),
    path("k/<str:secret>/<int:share>/keberatan/", objecting.object_by_offer, name="bundle_object"),
    path("h/<str:secret>/", objecting.follow, name="follow"),
    path("h/<str:secret>/bahasa/", language, name="language"),
    path("h/<str:secret>/balas/", objecting.reply, name="reply"),
    path("h/<str:secret>/tarik/", objecting.withdraw, name="withdraw"),
    path("pesanan/keberatan/", objections.list_objections, name="list"),
    path("pesanan/keberatan/excel/", objections.export_objections, name="export"),
    path(OBJECTION, objections.show_objection, name="detail"),
    path(f"{OBJECTION}nomor/", objections.show_phone, name="phone"),
    path(f"{OBJECTION}kirim/", objections.send_answer, name="send_answer"),
    path("g/<str:secret>/", own_reasons.own_reason, name="own"),
    path("g/<str:secret>/bahasa/", language, name="own_language"),
    path(
        "g/<str:secret>/keberatan/<int:maker>/<slug:code>/", own_reasons.object_from_line, name="own_object"
    ),
    path(REASONS, reasons.queue, name="reasons"),
    path(f"{REASONS}<int:maker>/", reasons.send_reason, name="send_reason"),
    path(f"{REASONS}kapten/<int:person>/", reasons.send_reasons, name="send_reasons"),
    path(f"{REASONS}desa/<str:village>/", paper.reason_sheet, name="reason_sheet"),
]
