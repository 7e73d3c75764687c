from importlib import import_module

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "lumbung.letters"

    def ready(self) -> None:
        """Say how the room's keys and deeds sound."""
        import_module("lumbung.letters.panels")
