from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "lumbung.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        from lumbung.places import panels  # noqa: F401, PLC0415 - models stand only now
