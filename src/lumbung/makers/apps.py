from importlib import import_module

from django.apps import AppConfig


class MakersConfig(AppConfig):
    name = "lumbung.makers"

    def ready(self) -> None:
        """Say how makers are called and how their deeds sound."""
        import_module("lumbung.makers.panels")
