from importlib import import_module

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    name = "lumbung.objections"

    def ready(self) -> None:
        """Show objections and reasons on pages of the rooms below, and say how the room's deeds sound."""
        import_module("lumbung.objections.panels")
