create function scooty_private.active_event(guild_id bigint) returns scooty_private.events
language sql stable
as $$
  select e from events e where e.guild_id = active_event.guild_id and e.status = 'active';
$$;
