from django.urls import path

from lumbung.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.front, name="front"),
    path("meja/", views.home, name="home"),
    path("cara-kerja/", views.how, name="how"),
]
