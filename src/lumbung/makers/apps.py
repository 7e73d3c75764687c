from django.apps import AppConfig


class MakersConfig(AppConfig):
    name = "lumbung.makers"
