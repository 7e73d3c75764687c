from django.urls import URLPattern

app_name = "makers"
urlpatterns: list[URLPattern] = []
