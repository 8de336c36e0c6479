-- The event of that id, or the active one when none is asked for.
create function scooty_private.event_to_look_in(guild_id bigint, event_id bigint)
returns scooty_private.events
language sql stable
as $$
  select e from events e
  where e.guild_id = event_to_look_in.guild_id and case
    when event_to_look_in.event_id is null then e.status = 'active'
    else e.id = event_to_look_in.event_id
  end;
$$;
