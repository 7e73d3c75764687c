"""The addresses: one line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("lumbung.desk.urls")),
    path("", include("lumbung.orders.urls")),
    path("pelaku/", include("lumbung.makers.urls")),
    path("pelaku/", include("lumbung.certification.urls")),
    path("catatan/", include("lumbung.records.urls")),
    path("dinas/akun/", include("lumbung.organisations.urls")),
    path("akun/", include("lumbung.people.urls")),
    path("akun/", include("config.accounts")),
    path("berkas/", include("lumbung.files.urls")),
    path("", include("foundation.urls")),
]
