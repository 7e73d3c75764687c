from django.db import connection
from django.db.models import Model


def hold_table(model: type[Model]) -> None:
    """Wait for everybody who is writing to a table, and keep them out until the transaction ends.

    SQLite's IMMEDIATE transactions already keep out every other writer.
    """
    if connection.vendor == "postgresql":
        name = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {name} IN EXCLUSIVE MODE")
