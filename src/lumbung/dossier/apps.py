from importlib import import_module

from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "lumbung.dossier"

    def ready(self) -> None:
        """Stand on the pages of orders, say how the deeds sound, and let a worker find the work."""
        import_module("lumbung.dossier.panels")
        import_module("lumbung.dossier.actions")
