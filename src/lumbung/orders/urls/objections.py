"""Where anybody objects and follows it by link, and where the office answers."""

from django.urls import URLPattern, path

from lumbung.orders.views import objecting, objections, offers

OBJECTION = "pesanan/keberatan/<slug:number>/"

urlpatterns: list[URLPattern] = [
    path("kuota/<slug:code>/keberatan/", objecting.object_in_public, name="object"),
    path("b/<str:secret>/keberatan/", objecting.object_by_offer, name="offer_object"),
    path("k/<str:secret>/<int:share>/keberatan/", objecting.object_by_offer, name="bundle_object"),
    path("h/<str:secret>/", objecting.follow, name="objection"),
    path("h/<str:secret>/bahasa/", offers.language, name="objection_language"),
    path("h/<str:secret>/balas/", objecting.reply, name="objection_reply"),
    path("h/<str:secret>/tarik/", objecting.withdraw, name="objection_withdraw"),
    path("pesanan/keberatan/", objections.list_objections, name="objections"),
    path("pesanan/keberatan/excel/", objections.export_objections, name="objections_export"),
    path(OBJECTION, objections.show_objection, name="show_objection"),
    path(f"{OBJECTION}nomor/", objections.show_phone, name="objection_phone"),
    path(f"{OBJECTION}kirim/", objections.send_answer, name="send_objection_answer"),
]
