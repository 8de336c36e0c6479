"""A large event at a desk, written into the tables: reports name their deck's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psycopg

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

__all__ = ["ARCHETYPES", "fill_active_event", "list_decks"]

ARCHETYPES: Final = 30
"""The first of the starter set, in the order of their ids."""
_PLAYERS: Final = """
    with chosen as (
      select id from scooty_private.events where guild_id = %(guild)s and status = 'active'
    ), made as (
      insert into scooty_private.players (guild_id, name)
      select %(guild)s, 'Player ' || n from generate_series(1, %(players)s) n
      returning id, name
    ), named as (
      insert into scooty_private.player_names (guild_id, name_key, word_key, player_id)
      select %(guild)s, lower(name), lower(name), id from made
    )
    insert into scooty_private.event_players (guild_id, event_id, player_id)
    select %(guild)s, chosen.id, made.id from made, chosen
"""
_REPORTS: Final = """
    with decks as (
      select id, row_number() over (order by id) - 1 as place from scooty_private.archetypes
      where guild_id = 0
    ), playing as (
      select p.event_id, p.player_id, row_number() over (order by p.player_id) as n
      from scooty_private.event_players p
      join scooty_private.events e on e.guild_id = p.guild_id and e.id = p.event_id
      where p.guild_id = %(guild)s and e.status = 'active'
    )
    insert into scooty_private.reports (
      guild_id, event_id, player_id, archetype_guild_id, archetype_id, reporter_id,
      reporter_name, request_id, key_cards, sideboard
    )
    select %(guild)s, p.event_id, p.player_id, 0, d.id, 7, 'Sam', p.n * 100 + r,
      'Staple ' || chr(65 + (p.n + r)::integer %% 26) || ', Engine of ' || d.place || 'th deck',
      case when r = 1 then 'Answer ' || chr(65 + p.n::integer %% 26) end
    from playing p
    join decks d on d.place = p.n %% %(archetypes)s
    cross join generate_series(1, %(reports)s) r
"""
_SETTLED: Final = """
    update scooty_private.event_players p set
      report_count = r.reports, last_reported_at = r.newest_at, consensus_report_id = r.newest,
      consensus_confidence = 'sure'
    from (
      select event_id, player_id, count(*) as reports, max(id) as newest,
        max(reported_at) as newest_at
      from scooty_private.reports where guild_id = %(guild)s group by event_id, player_id
    ) r
    where p.guild_id = %(guild)s and p.event_id = r.event_id and p.player_id = r.player_id
"""
_LISTS: Final = """
    insert into scooty_private.decklists (guild_id, event_id, player_id, main, side, added_by)
    select p.guild_id, p.event_id, p.player_id, (
      select jsonb_agg(jsonb_build_object('count', 4, 'card', 'Printed Card ' || chr(64 + n) || ', '
        || chr(65 + (p.player_id %% 26)::integer)))
      from generate_series(1, 26) n
    ), '[{"count": 2, "card": "Boarded Card"}]', 7
    from scooty_private.event_players p
    join scooty_private.events e on e.guild_id = p.guild_id and e.id = p.event_id
    where p.guild_id = %(guild)s and e.status = 'active'
"""


def fill_active_event(desk: TeamDesk, *, players: int, reports: int = 1) -> None:
    """Let "Player 1" and so on play the first archetypes in turn, each reported that often."""
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        given = {
            "guild": desk.guild_id,
            "players": players,
            "reports": reports,
            "archetypes": ARCHETYPES,
        }
        for statement in (_PLAYERS, _REPORTS, _SETTLED):
            connection.execute(statement.encode(), given)


def list_decks(desk: TeamDesk) -> None:
    """Give each player of the active event a decklist of 27 different cards."""
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        connection.execute(_LISTS.encode(), {"guild": desk.guild_id})
