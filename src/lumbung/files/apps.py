from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lumbung.files"

    def ready(self) -> None:
        from lumbung.files import panels  # noqa: F401, PLC0415 - models stand only now
