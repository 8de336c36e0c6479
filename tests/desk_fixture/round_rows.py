"""Rounds and links as rows, for tests of what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import psycopg

from scooty.domain.names import name_key, word_key
from tests.desk_fixture.desk import CAPTAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.interactions import Person
    from tests.desk_fixture.desk import TeamDesk

__all__ = ["Match", "event_id", "link", "pair"]

Match: TypeAlias = tuple[str, str | None, int | None]
"""Two players, or one with a bye, and their table."""

_PLAYER = "select scooty_private.player_named(%s, %s, %s, %s)"
_PLAYS = """
    insert into scooty_private.event_players (guild_id, event_id, player_id, listed_at)
    values (%s, %s, %s, now()) on conflict do nothing
"""
_ROUND = """
    insert into scooty_private.rounds (guild_id, event_id, number, applied_by)
    values (%s, %s, %s, %s) on conflict (guild_id, event_id, number) do update
    set applied_at = clock_timestamp()
"""
_PAIRING = """
    insert into scooty_private.pairings
      (guild_id, event_id, round, player_id, opponent_id, table_number, points)
    values (%s, %s, %s, %s, %s, %s, %s)
    on conflict (guild_id, event_id, round, player_id) do update
    set opponent_id = excluded.opponent_id, table_number = excluded.table_number
"""
_LINK = """
    insert into scooty_private.team_links
      (guild_id, member_id, member_name, player_id, linked_by, is_notified)
    values (%s, %s, %s, %s, %s, %s)
"""


def event_id(desk: TeamDesk) -> int:
    """Return the active event's id."""
    [(found,)] = desk.rows(
        "select id from scooty_private.events where guild_id = %s and status = 'active'"
    )
    return int(found)


def pair(
    desk: TeamDesk, round_number: int, matches: Iterable[Match], *, points: int | None = None
) -> None:
    """Put a round's pairings into the active event; everybody has the same points."""
    at = event_id(desk)
    with psycopg.connect(desk.dsn) as connection:
        connection.execute("set search_path = scooty_private, extensions")
        connection.execute(_ROUND.encode(), (desk.guild_id, at, round_number, CAPTAIN.user_id))
        for name, against, table in matches:
            sides = [
                _player(connection, desk, each) for each in (name, against) if each is not None
            ]
            for player_id in sides:
                connection.execute(_PLAYS.encode(), (desk.guild_id, at, player_id))
            for player_id, opponent_id in zip(sides, sides[::-1], strict=True):
                faced = opponent_id if len(sides) > 1 else None
                row = (desk.guild_id, at, round_number, player_id, faced, table, points)
                connection.execute(_PAIRING.encode(), row)


def link(desk: TeamDesk, person: Person, name: str, *, is_notified: bool = False) -> None:
    """Say that a member is a player, who is made when there is none."""
    with psycopg.connect(desk.dsn) as connection:
        connection.execute("set search_path = scooty_private, extensions")
        player_id = _player(connection, desk, name)
        row = (
            desk.guild_id,
            person.user_id,
            person.display_name,
            player_id,
            CAPTAIN.user_id,
            is_notified,
        )
        connection.execute(_LINK.encode(), row)


def _player(connection: psycopg.Connection, desk: TeamDesk, name: str) -> int:
    arguments = (desk.guild_id, name, name_key(name), word_key(name))
    found = connection.execute(_PLAYER.encode(), arguments).fetchone()
    assert found is not None
    return int(found[0])
