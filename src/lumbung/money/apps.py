from importlib import import_module

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "lumbung.money"

    def ready(self) -> None:
        """Say how the room's deeds sound."""
        import_module("lumbung.money.panels")
