-- The guilds that have a live board, those started last first.
create function scooty.list_boards(at_most bigint) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select coalesce(jsonb_agg(b.guild_id order by b.started_at desc), '[]')
  from (select guild_id, started_at from live_boards order by started_at desc limit at_most) b;
$$;
