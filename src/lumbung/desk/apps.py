from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lumbung.desk"

    def ready(self) -> None:
        """Name what acts without being a person."""
        import_module("lumbung.desk.panels")
