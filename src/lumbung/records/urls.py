from django.urls import path

from lumbung.records import views

app_name = "records"
urlpatterns = [
    path("", views.record_list, name="list"),
    path("excel/", views.record_sheet, name="sheet"),
    path("periksa/", views.check, name="check"),
    path("<int:pk>/", views.record, name="record"),
]
