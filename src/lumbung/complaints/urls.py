"""The public form, the page that follows a complaint by link, and the office's pages."""

from django.urls import URLPattern, path

from foundation.links import language
from lumbung.complaints import views

app_name = "complaints"
COMPLAINT = "keluhan/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path("keluhan/", views.complain, name="complain"),
    path("keluhan/daftar/", views.list_complaints, name="list"),
    path("keluhan/daftar/excel/", views.export_complaints, name="export"),
    path("keluhan/baru/", views.write_down, name="new"),
    path("c/<str:secret>/", views.follow, name="follow"),
    path("c/<str:secret>/bahasa/", language, name="language"),
    path(COMPLAINT, views.show_complaint, name="detail"),
    path(f"{COMPLAINT}jawab/", views.give_answer, name="answer"),
    path(f"{COMPLAINT}kirim/", views.send_answer, name="send"),
    path(f"{COMPLAINT}barang/", views.settle, name="settle"),
    path(f"{COMPLAINT}penarikan/", views.recall, name="recall"),
    path(f"{COMPLAINT}hasil-kerja/", views.correct, name="correct"),
    path(f"{COMPLAINT}tutup/", views.close, name="close"),
]
