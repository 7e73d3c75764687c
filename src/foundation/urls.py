"""Addresses that belong to no room."""

from django.urls import path
from django.views.i18n import set_language

from foundation import views

urlpatterns = [
    path("bahasa/", set_language, name="set_language"),
    path("gaya/", views.look, name="look"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
