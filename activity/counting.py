"""Counts that cost the same at any size: past a bound nobody needs to know how many exactly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import IntegerField, QuerySet, Subquery

MOST = 1_000


class Count(Subquery):
    """How many rows a list has, up to one more than MOST, beside the rows of another query."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        few = rows.order_by().values("pk")[: MOST + 1]
        super().__init__(few, output_field=IntegerField())


def counts(lists: Mapping[str, QuerySet[Any, Any]]) -> dict[str, int]:
    """How many rows each list has, counted up to one more than MOST, in one query."""
    found = dict.fromkeys(lists, 0)
    asked: list[str] = []
    parts: list[str] = []
    values: list[Any] = []
    for name, rows in lists.items():
        few = rows.order_by().values("pk")[: MOST + 1]
        try:
            sql, params = few.query.sql_with_params()
        except EmptyResultSet:  # known without asking, and Django has no SQL for it
            continue
        # The SQL is Django's and the names are numbers; every value is a parameter.
        parts.append(f"(SELECT count(*) FROM ({sql}) AS rows_{len(parts)})")  # noqa: S608  # nosec B608
        values.extend(params)
        asked.append(name)
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return found | dict(zip(asked, cursor.fetchone(), strict=True))


def in_words(count: int) -> str:
    """A count as a page says it."""
    return f"{MOST:,}+" if count > MOST else f"{count:,}"
