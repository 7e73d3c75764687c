from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lumbung.organisations"

    def ready(self) -> None:
        from lumbung.files.queries import ask_office  # noqa: PLC0415 - models stand only now
        from lumbung.organisations.queries import is_office  # noqa: PLC0415 - models stand only now

        ask_office(is_office)
