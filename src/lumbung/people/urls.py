from django.urls import path

from lumbung.people import views

app_name = "people"
urlpatterns = [
    path("", views.account, name="account"),
    path("pembacaan/unduh/", views.reads_sheet, name="reads_sheet"),
]
