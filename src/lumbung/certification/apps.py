from importlib import import_module

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "lumbung.certification"

    def ready(self) -> None:
        """Show certificates on a maker's page, and say how the room's deeds sound."""
        import_module("lumbung.certification.panels")
