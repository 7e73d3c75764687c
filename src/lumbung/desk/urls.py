from django.urls import path

from lumbung.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.front, name="front"),
    path("meja/", views.home, name="home"),
    path("cara-kerja/", views.how, name="how"),
    path("ulangan/", views.replay, name="replays"),
    path("ulangan/<slug:name>/", views.replay, name="replay"),
    path("ulangan/<slug:name>/gambar-<int:width>.svg", views.replay_picture, name="replay_picture"),
]
