from importlib import import_module

from django.apps import AppConfig


class LotsConfig(AppConfig):
    name = "lumbung.lots"

    def ready(self) -> None:
        """Show material and lots on a maker's page, and say how the room's deeds sound."""
        import_module("lumbung.lots.panels")
