"""Track records, what looks odd, makers without work; the own record by link."""

from django.urls import URLPattern, path

from lumbung.scorecards.views import flags, idle, links, records, remarks

app_name = "scorecards"
RECORD = "rekam-jejak/<int:maker>/"
OFFER = "b/<str:secret>/rekam-jejak/"
BUNDLE = "k/<str:secret>/<int:share>/rekam-jejak/"

urlpatterns: list[URLPattern] = [
    path("rekam-jejak/", records.list_records, name="list"),
    path("rekam-jejak/excel/", records.export_records, name="export"),
    path("rekam-jejak/keterangan/", remarks.list_remarks, name="remarks"),
    path("rekam-jejak/keterangan/excel/", remarks.export_remarks, name="remarks_export"),
    path("rekam-jejak/keterangan/<int:pk>/", remarks.answer_one, name="answer"),
    path(RECORD, records.show_record, name="record"),
    path(f"{RECORD}baca/", records.note_read, name="read"),
    path(f"{RECORD}keterangan/", remarks.make_own, name="remark"),
    path(OFFER, links.show_record, name="by_offer"),
    path(f"{OFFER}baca/", links.note_read, name="read_by_offer"),
    path(f"{OFFER}keterangan/", links.remark, name="remark_by_offer"),
    path(BUNDLE, links.show_record, name="by_bundle"),
    path(f"{BUNDLE}baca/", links.note_read, name="read_by_bundle"),
    path(f"{BUNDLE}keterangan/", links.remark, name="remark_by_bundle"),
    path("tanda/", flags.list_flags, name="flags"),
    path("tanda/excel/", flags.export_flags, name="flags_export"),
    path("tanda/cari/", flags.look_now, name="look"),
    path("tanda/<int:pk>/", flags.show_flag, name="flag"),
    path("tanpa-pesanan/", idle.list_idle, name="idle"),
    path("tanpa-pesanan/excel/", idle.export_idle, name="idle_export"),
    path("tanpa-pesanan/<int:maker>/kirim/", idle.ask, name="ask"),
]
