from importlib import import_module

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "lumbung.paperwork"

    def ready(self) -> None:
        """Hear what brings letters forth, show them on orders' pages, and say who else reads them."""
        import_module("lumbung.paperwork.receivers")
        import_module("lumbung.paperwork.panels")
        import_module("lumbung.paperwork.actions.long")
