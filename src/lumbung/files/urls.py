from django.urls import path

from lumbung.files import views

app_name = "files"
urlpatterns = [path("<int:pk>/<str:name>", views.attachment, name="attachment")]
