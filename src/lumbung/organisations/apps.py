from django.apps import AppConfig

from foundation import access


class OrganisationsConfig(AppConfig):
    name = "lumbung.organisations"

    def ready(self) -> None:
        from lumbung.organisations import panels, queries  # noqa: F401, PLC0415 - models stand only now

        access.define("office", queries.is_office)
        access.define("records", queries.may_see_records)
