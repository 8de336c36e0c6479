-- A player as suggestion_index has them, after the newest of their reports was stored.
create function scooty_private.indexed_opponent(
  newest scooty_private.reports, archetype text, report_count integer, last_reported_at timestamptz
) returns jsonb
language sql stable
as $$
  select jsonb_build_array(
    p.id, p.name, archetype, newest.reporter_id, newest.reporter_name, report_count, newest.id,
    (extract(epoch from last_reported_at) * 1000000)::bigint,
    (
      select jsonb_agg(n.name_key) from player_names n
      where n.guild_id = newest.guild_id and n.player_id = newest.player_id
    )
  )
  from players p where p.guild_id = newest.guild_id and p.id = newest.player_id;
$$;
