"""The addresses: one line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("lumbung.desk.urls")),
    path("", include("lumbung.dossier.urls")),
    path("", include("lumbung.paperwork.urls")),
    path("", include("lumbung.complaints.urls")),
    path("", include("lumbung.scorecards.urls")),
    path("", include("lumbung.deliveries.urls")),
    path("", include("lumbung.objections.urls")),
    path("", include("lumbung.production.urls")),
    path("", include("lumbung.orders.urls")),
    path("pelaku/", include("lumbung.makers.urls")),
    path("pelaku/", include("lumbung.certification.urls")),
    path("uang/bank/", include("lumbung.banking.urls")),
    path("uang/", include("lumbung.money.urls")),
    path("", include("lumbung.lots.urls")),
    path("catatan/", include("lumbung.records.urls")),
    path("dinas/akun/", include("lumbung.organisations.urls")),
    path("akun/", include("lumbung.people.urls")),
    path("akun/", include("config.accounts")),
    path("surat/", include("lumbung.letters.urls")),
    path("berkas/", include("lumbung.files.urls")),
    path("", include("foundation.urls")),
]
