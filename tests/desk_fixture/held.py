"""Where a database holds something of a person, and an outbox that can clear nothing of it."""

from __future__ import annotations

import psycopg

__all__ = ["TEXTS", "StuckOutbox", "columns"]

TEXTS = "text|jsonb|text[]|character varying"
"""The types in which a text may stand."""


class StuckOutbox:
    """Can say nothing and clear nothing."""

    async def list_reports(self, **_whose: object) -> None:
        return None

    async def erase_member(self, **_whose: object) -> bool:
        return False

    async def erase_player(self, **_whose: object) -> bool:
        return False


def columns(dsn: str, types: str) -> list[tuple[str, str]]:
    """Return the tables and columns of such types."""
    with psycopg.connect(dsn) as connection:
        return connection.execute(
            "select c.oid::regclass::text, quote_ident(a.attname) from pg_class c"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            " where c.relnamespace = 'scooty_private'::regnamespace and c.relkind = 'r'"
            " and a.atttypid::regtype::text = any (%s)",
            (types.split("|"),),
        ).fetchall()
