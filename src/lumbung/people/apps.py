from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lumbung.people"

    def ready(self) -> None:
        from lumbung.people import panels  # noqa: F401, PLC0415 - models stand only now
