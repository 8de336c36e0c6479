-- Who plays in a round, is not of the team, does not play against it, and has no deck that is known:
-- those who may be watched meanwhile.
create function scooty_private.brief_unknowns(guild_id bigint, event_id bigint, round bigint)
returns table (
  player_id bigint, points smallint, rank integer, table_number integer, is_watched boolean
)
language sql stable
as $$
  select x.player_id, coalesce(x.points, s.points), s.rank, x.table_number,
    exists (
      select from assignments w
      where w.guild_id = x.guild_id and w.event_id = x.event_id and w.player_id = x.player_id
    )
  from pairings x
  join event_players e on e.guild_id = x.guild_id and e.event_id = x.event_id
    and e.player_id = x.player_id
  left join standings s on s.guild_id = x.guild_id and s.event_id = x.event_id
    and s.player_id = x.player_id
  where x.guild_id = brief_unknowns.guild_id and x.event_id = brief_unknowns.event_id
    and x.round = brief_unknowns.round and e.consensus_report_id is null
    and not exists (
      select from team_links l
      where l.guild_id = x.guild_id and l.player_id in (x.player_id, x.opponent_id)
    );
$$;
