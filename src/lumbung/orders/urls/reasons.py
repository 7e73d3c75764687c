"""The own line in each order by link, and where the office tells the reason to who waits."""

from django.urls import URLPattern, path

from lumbung.orders.views import offers, own_reasons, paper, reasons

REASONS = "pesanan/<slug:code>/alasan/"

urlpatterns: list[URLPattern] = [
    path("g/<str:secret>/", own_reasons.own_reason, name="own_reason"),
    path("g/<str:secret>/bahasa/", offers.language, name="own_reason_language"),
    path(
        "g/<str:secret>/keberatan/<int:maker>/<slug:code>/",
        own_reasons.object_from_line,
        name="own_reason_object",
    ),
    path(REASONS, reasons.queue, name="reasons"),
    path(f"{REASONS}<int:maker>/", reasons.send_reason, name="send_reason"),
    path(f"{REASONS}kapten/<int:person>/", reasons.send_reasons, name="send_reasons"),
    path(f"{REASONS}desa/<str:village>/", paper.reason_sheet, name="reason_sheet"),
]
