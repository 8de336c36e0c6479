create function scooty_private.event_created(event scooty_private.events) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'outcome', 'created',
    'event', event_object(event),
    'previous', (
      select p.name from events p
      where p.guild_id = event.guild_id and p.id = event.previous_event_id
    )
  );
$$;
