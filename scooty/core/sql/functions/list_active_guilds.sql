-- The guilds that have an active event, those with the newest events first.
create function scooty.list_active_guilds(at_most bigint) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select coalesce(jsonb_agg(e.guild_id order by e.id desc), '[]')
  from (
    select guild_id, id from events where status = 'active' order by id desc limit at_most
  ) e;
$$;
