from importlib import import_module

from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "lumbung.scorecards"

    def ready(self) -> None:
        """Hear of deliveries and accounts, show numbers on pages of the rooms below, and word the room's deeds."""
        import_module("lumbung.scorecards.panels")
        import_module("lumbung.scorecards.receivers")
