"""Results as they are in the tables, however many rounds were played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from tests.desk_fixture.paired import enter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.desk_fixture.desk import TeamDesk

__all__ = ["resulted"]


def resulted(desk: TeamDesk, told: Iterable[tuple[int, str, str, str]]) -> None:
    """Keep results of the active event: round, player, opponent, and win, loss or draw."""
    rows = tuple(told)
    ids = enter(desk, {name for row in rows for name in row[1:3]})
    with psycopg.connect(desk.dsn, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "insert into scooty_private.results"
            " (guild_id, event_id, round, player_id, opponent_id, outcome)"
            " select guild_id, id, %s, %s, %s, %s from scooty_private.events"
            " where guild_id = %s and status = 'active'",
            [
                (number, ids[player], ids[opponent], outcome, desk.guild_id)
                for number, player, opponent, outcome in rows
            ],
        )
