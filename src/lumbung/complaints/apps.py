from importlib import import_module

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "lumbung.complaints"

    def ready(self) -> None:
        """Offer the way to complain on pages of the rooms below, and word the room's deeds."""
        import_module("lumbung.complaints.panels")
