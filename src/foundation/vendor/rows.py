from collections.abc import Mapping

from django.db import connection
from django.db.models import Model

AT_ONCE = 5000


def write_column(model: type[Model], field: str, values: Mapping[int, int]) -> None:
    """One column of thousands of rows, by their number: `bulk_update` builds a case for each row, this does not."""
    quote = connection.ops.quote_name
    column = next(known.column for known in model._meta.concrete_fields if known.name == field)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {quote(str(column))} = %s WHERE id = %s"  # noqa: S608 - names of our own tables
    pairs = [(value, number) for number, value in values.items()]
    with connection.cursor() as cursor:
        for start in range(0, len(pairs), AT_ONCE):
            cursor.executemany(sql, pairs[start : start + AT_ONCE])
