from importlib import import_module

from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "lumbung.production"

    def ready(self) -> None:
        """Say what a share may not give back, show production on the pages of orders, and word the room's deeds."""
        import_module("lumbung.production.queries.making")
        import_module("lumbung.production.panels")
