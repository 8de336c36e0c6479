-- /event create: create an event and make it the active one.
create function scooty.create_event(
  guild_id bigint, request_id bigint, name text, name_key text, member_id bigint,
  format text default null, decklists text default null
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events;
  previous events;
begin
  perform turn_of_events(guild_id);
  select * into event from events e
  where e.guild_id = create_event.guild_id and e.request_id = create_event.request_id;
  if found then
    return event_created(event);
  end if;
  select * into event from events e
  where e.guild_id = create_event.guild_id and e.name_key = create_event.name_key;
  if found then
    return jsonb_build_object('outcome', 'event_name_taken', 'event', event_object(event));
  end if;

  update events e set status = 'closed', closed_at = clock_timestamp()
  where e.guild_id = create_event.guild_id and e.status = 'active'
  returning * into previous;
  insert into events (
    guild_id, name, name_key, status, created_by, previous_event_id, request_id, format, decklists
  ) values (
    create_event.guild_id, create_event.name, create_event.name_key, 'active',
    create_event.member_id, previous.id, create_event.request_id, create_event.format,
    create_event.decklists
  ) returning * into event;
  perform note_deed(
    guild_id, request_id, member_id, 'event_create', event.id,
    jsonb_build_object('event', event.name, 'closed', previous.name)
  );
  return event_created(event);
end
$$;
