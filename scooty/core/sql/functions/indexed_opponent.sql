-- A player as suggestion_index has them, after the newest of their reports was stored.
create function scooty_private.indexed_opponent(
  playing scooty_private.event_players, newest_id bigint
) returns jsonb
language sql stable
as $$
  select jsonb_build_array(
    p.id, p.name, a.name, r.reporter_id, r.reporter_name, playing.report_count, newest_id,
    (extract(epoch from playing.last_reported_at) * 1000000)::bigint,
    (
      select jsonb_agg(n.name_key) from player_names n
      where n.guild_id = playing.guild_id and n.player_id = playing.player_id
    )
  )
  from players p
  join reports r on r.guild_id = playing.guild_id and r.id = playing.consensus_report_id
  cross join lateral (
    select a.name from archetypes a
    where a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    limit 1
  ) a
  where p.guild_id = playing.guild_id and p.id = playing.player_id;
$$;
