-- The guilds that have an active event and a channel for the daily digest.
create function scooty.list_digests(at_most bigint) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select coalesce(jsonb_agg(d.guild_id order by d.guild_id), '[]')
  from (
    select s.guild_id from guild_settings s
    join events e on e.guild_id = s.guild_id and e.status = 'active'
    where s.digest_channel_id is not null
    order by s.guild_id limit at_most
  ) d;
$$;
