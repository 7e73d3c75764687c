from importlib import import_module

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "lumbung.deliveries"

    def ready(self) -> None:
        """Show deliveries on orders' pages, say how the room's deeds sound, hear of prices."""
        import_module("lumbung.deliveries.panels")
        import_module("lumbung.deliveries.receivers")
