"""What the office opens: the standard of a line, the progress of its shares, the production of one share."""

from django.urls import URLPattern, path

from lumbung.production.views import office_shares, progress, standards

LINE = "pesanan/<slug:code>/<int:line>/"
SHEET = f"{LINE}standar/"
MAKING = "pesanan/<slug:code>/bagian/<int:share>/pembuatan/"

urlpatterns: list[URLPattern] = [
    path(SHEET, standards.show, name="standard"),
    path(f"{SHEET}foto/", standards.photo, name="standard_photo"),
    path(f"{SHEET}foto/<int:photo>/hapus/", standards.remove, name="standard_photo_remove"),
    path(f"{SHEET}sahkan/", standards.approve, name="standard_approve"),
    path(f"{SHEET}batal/", standards.drop, name="standard_drop"),
    path(f"{LINE}pembuatan/", progress.show, name="progress"),
    path(f"{LINE}pembuatan/excel/", progress.export, name="progress_export"),
    path(MAKING, office_shares.show, name="making"),
    path(f"{MAKING}setuju/", office_shares.confirm, name="making_confirm"),
    path(f"{MAKING}hasil/", office_shares.note, name="making_note"),
    path(f"{MAKING}hasil/<int:entry>/", office_shares.correct, name="making_correct"),
    path(f"{MAKING}pesan/", office_shares.send, name="making_send"),
    path(f"{MAKING}kembali/", office_shares.give_back, name="making_give_back"),
]
