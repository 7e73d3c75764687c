from django.urls import path

from lumbung.dossier import views

app_name = "dossier"

urlpatterns = [
    path("pesanan/<slug:code>/berkas-lengkap/", views.show_exports, name="exports"),
    path("pesanan/<slug:code>/berkas-lengkap/<int:pk>/", views.show_file, name="file"),
    path("pesanan/<slug:code>/berkas-lengkap/<int:pk>/unduh/", views.download, name="download"),
    path("periksa-berkas/", views.verify_file, name="verify"),
    path("kunci/", views.show_keys, name="keys"),
]
