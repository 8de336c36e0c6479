"""Which guilds have an active event: the one question that is not about one guild."""

from __future__ import annotations

import psycopg


def test_guilds_with_an_active_event_are_listed_newest_first_and_no_more_than_asked_for(
    migrated_database: str,
) -> None:
    with psycopg.connect(migrated_database, autocommit=True) as connection:
        for guild_id in (11, 12, 13, 14):
            connection.execute(
                "select scooty.create_event(%s, %s, 'Open', 'open', 7)", (guild_id, guild_id)
            )
        connection.execute(
            "update scooty_private.events set status = 'closed', closed_at = created_at"
            " where guild_id = 13"
        )
        listed = [
            connection.execute("select scooty.list_active_guilds(%s)", (at_most,)).fetchone()
            for at_most in (10, 2)
        ]

    assert listed == [([14, 12, 11],), ([14, 12],)]


def test_without_events_there_are_none(migrated_database: str) -> None:
    with psycopg.connect(migrated_database) as connection:
        assert connection.execute("select scooty.list_active_guilds(10)").fetchone() == ([],)
