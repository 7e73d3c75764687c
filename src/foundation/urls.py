"""Addresses that belong to no room."""

from django.urls import path
from django.views.i18n import set_language

from foundation import views
from foundation.work import views as work

urlpatterns = [
    path("bahasa/", set_language, name="set_language"),
    path("gaya/", views.look, name="look"),
    path("pekerjaan/<int:number>/", work.show_work, name="work"),
    path("pekerjaan/<int:number>/ulang/", work.retry_work, name="retry_work"),
    path("luring/", views.offline, name="offline"),
    path("luring/keadaan/", views.sending_state, name="sending_state"),
    path("pekerja.js", views.worker, name="worker"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
