from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "lumbung.orders"

    def ready(self) -> None:
        """Let the room hear what it has asked to hear, and say how its deeds sound."""
        import_module("lumbung.orders.receivers")
        import_module("lumbung.orders.panels")
