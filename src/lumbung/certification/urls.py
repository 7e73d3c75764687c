from django.urls import path

from lumbung.certification import views

app_name = "certification"
urlpatterns = [
    path("skema/", views.schemes, name="schemes"),
    path("skema/unduh/", views.schemes_sheet, name="schemes_sheet"),
    path("sertifikat/unduh/", views.expiring_sheet, name="expiring_sheet"),
    path("sertifikat/", views.expiring, name="expiring"),
    path("sertifikat/<int:pk>/cabut/", views.revoke, name="revoke"),
    path("<int:pk>/sertifikat/", views.new, name="new"),
]
