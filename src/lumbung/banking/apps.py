from importlib import import_module

from django.apps import AppConfig


class BankingConfig(AppConfig):
    name = "lumbung.banking"

    def ready(self) -> None:
        """Show the way to bank files from money's list, and say how the room's deeds sound."""
        import_module("lumbung.banking.panels")
