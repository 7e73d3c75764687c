"""Taking in and inspecting, for the office; what became of the own pieces, by link."""

from django.urls import URLPattern, path

from lumbung.deliveries.views import closing, correcting, inspecting, links, lists, receiving

app_name = "deliveries"
DELIVERY = "penyerahan/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path("penyerahan/", lists.list_deliveries, name="list"),
    path("penyerahan/excel/", lists.export_deliveries, name="export"),
    path("penyerahan/pesanan/<slug:code>/", lists.of_order, name="order"),
    path("penyerahan/pesanan/<slug:code>/excel/", lists.export_of_order, name="order_export"),
    path("penyerahan/baris/<int:line>/rencana/", inspecting.set_terms, name="terms"),
    path("penyerahan/terima/", receiving.find_share, name="find"),
    path("penyerahan/terima/<int:share>/", receiving.receive, name="receive"),
    path("penyerahan/bagian/<int:share>/tutup/", closing.close_share, name="close_share"),
    path("penyerahan/foto/<int:photo>/", lists.show_photo, name="photo"),
    path(DELIVERY, lists.show_delivery, name="detail"),
    path(f"{DELIVERY}periksa/", inspecting.inspect, name="inspect"),
    path(f"{DELIVERY}periksa/mulai/", inspecting.begin, name="begin"),
    path(f"{DELIVERY}perbaikan/", inspecting.inspect_again, name="again"),
    path(f"{DELIVERY}jumlah/", correcting.correct_quantity, name="correct"),
    path(f"{DELIVERY}koreksi/<int:move>/", correcting.correct_entry, name="correct_move"),
    path("b/<str:secret>/penyerahan/", links.of_share, name="of_share"),
    path("b/<str:secret>/penyerahan/foto/<int:photo>/", links.photo_of_share, name="share_photo"),
    path("k/<str:secret>/penyerahan/", links.of_group, name="of_group"),
    path("k/<str:secret>/penyerahan/foto/<int:photo>/", links.photo_of_group, name="group_photo"),
]
