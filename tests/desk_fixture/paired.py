"""A round as it is in the tables, without a file that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from scooty.domain.names import name_key, word_key
from tests.desk_fixture.desk import CAPTAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actors.discord_gateway.interactions import Person
    from tests.desk_fixture.desk import TeamDesk

__all__ = ["enter", "id_of", "linked", "paired", "placed", "watched", "watches_of"]

_PLAYER = """
    with made as (
      insert into scooty_private.players (guild_id, name)
      select %(guild)s, %(name)s where not exists (
        select from scooty_private.player_names n
        where n.guild_id = %(guild)s and n.name_key = %(key)s
      )
      returning id
    )
    insert into scooty_private.player_names (guild_id, name_key, word_key, player_id)
    select %(guild)s, %(key)s, %(words)s, id from made
"""
_ENTERED = """
    insert into scooty_private.event_players (guild_id, event_id, player_id, listed_at)
    select %(guild)s, (
        select id from scooty_private.events where guild_id = %(guild)s and status = 'active'
      ), n.player_id, clock_timestamp()
    from scooty_private.player_names n
    where n.guild_id = %(guild)s and n.name_key = %(key)s
    on conflict do nothing
    returning player_id
"""
_IDS = """
    select n.name_key, n.player_id, e.id from scooty_private.player_names n
    join scooty_private.events e on e.guild_id = n.guild_id and e.status = 'active'
    where n.guild_id = %s
"""


def enter(desk: TeamDesk, names: Iterable[str]) -> dict[str, int]:
    """Have players in the active event, and return the ids of all whom the guild knows, by name."""
    named = {name_key(name): name for name in names}
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        for key, name in named.items():
            values = {"guild": desk.guild_id, "name": name, "key": key, "words": word_key(name)}
            connection.execute(_PLAYER, values)
            connection.execute(_ENTERED, values)
        rows = connection.execute(_IDS, (desk.guild_id,)).fetchall()
    ids = {key: player_id for key, player_id, _ in rows}
    return {name: ids[key] for key, name in named.items()}


def paired(
    desk: TeamDesk,
    number: int,
    tables: Iterable[tuple[str, str | None, int | None]],
    *,
    points: Mapping[str, int] | None = None,
) -> None:
    """Apply a round of the active event: who plays whom (None: a bye) at which table."""
    pairs = tuple(tables)
    ids = enter(desk, [name for pair in pairs for name in pair[:2] if name is not None])
    told = points or {}
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        ((event_id,),) = connection.execute(
            "select id from scooty_private.events where guild_id = %s and status = 'active'",
            (desk.guild_id,),
        ).fetchall()
        connection.execute(
            "insert into scooty_private.rounds (guild_id, event_id, number, applied_by)"
            " values (%s, %s, %s, %s)",
            (desk.guild_id, event_id, number, CAPTAIN.user_id),
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into scooty_private.pairings"
                " (guild_id, event_id, round, player_id, opponent_id, table_number, points)"
                " values (%s, %s, %s, %s, %s, %s, %s)",
                [
                    (
                        desk.guild_id,
                        event_id,
                        number,
                        ids[one],
                        None if other is None else ids[other],
                        table,
                        told.get(one),
                    )
                    for first, second, table in pairs
                    for one, other in ((first, second), (second, first))
                    if one is not None
                ],
            )


def linked(desk: TeamDesk, people: Mapping[Person, str]) -> None:
    """Say which player each member is; they are in the active event."""
    ids = enter(desk, people.values())
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        for person, name in people.items():
            connection.execute(
                "insert into scooty_private.team_links"
                " (guild_id, member_id, member_name, player_id, linked_by)"
                " values (%s, %s, %s, %s, %s)",
                (desk.guild_id, person.user_id, person.display_name, ids[name], CAPTAIN.user_id),
            )


def watched(desk: TeamDesk, name: str, by: Person) -> None:
    """Have somebody watch a player of the active event."""
    ids = enter(desk, [name])
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        connection.execute(
            "insert into scooty_private.assignments"
            " (guild_id, event_id, player_id, member_id, member_name, assigned_by)"
            " select guild_id, id, %s, %s, %s, %s from scooty_private.events"
            " where guild_id = %s and status = 'active'",
            (ids[name], by.user_id, by.display_name, CAPTAIN.user_id, desk.guild_id),
        )


def placed(desk: TeamDesk, standings: Mapping[str, tuple[int, int]]) -> None:
    """Apply standings of the active event: place and points by name."""
    ids = enter(desk, standings)
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        for name, (rank, points) in standings.items():
            connection.execute(
                "insert into scooty_private.standings"
                " (guild_id, event_id, player_id, rank, points)"
                " select guild_id, id, %s, %s, %s from scooty_private.events"
                " where guild_id = %s and status = 'active'",
                (ids[name], rank, points, desk.guild_id),
            )


def watches_of(desk: TeamDesk) -> list[tuple[Any, ...]]:
    """Return who watches whom: the player's name, the member's id and name, by whose word."""
    return desk.rows(
        "select p.name, a.member_id, a.member_name, a.assigned_by"
        " from scooty_private.assignments a"
        " join scooty_private.players p on p.guild_id = a.guild_id and p.id = a.player_id"
        " where a.guild_id = %s order by p.name"
    )


def id_of(desk: TeamDesk, name: str) -> int:
    """Return the id of a player whom the guild knows."""
    with psycopg.connect(desk.dsn) as connection:
        ((found,),) = connection.execute(
            "select player_id from scooty_private.player_names"
            " where guild_id = %s and name_key = %s",
            (desk.guild_id, name_key(name)),
        ).fetchall()
    return int(found)
