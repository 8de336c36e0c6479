-- /event switch: make an event the active one again; the one that was active is closed.
create function scooty.switch_event(
  guild_id bigint, request_id bigint, member_id bigint, event_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  event events;
  previous events;
begin
  if known is not null then
    return known;
  end if;
  perform turn_of_events(guild_id);
  select * into event from events e
  where e.guild_id = switch_event.guild_id and e.id = switch_event.event_id;
  if not found then
    return jsonb_build_object('outcome', 'event_unknown');
  elsif event.status = 'active' then
    return jsonb_build_object('outcome', 'event_active', 'event', event_facts(event));
  end if;

  update events e set status = 'closed', closed_at = clock_timestamp()
  where e.guild_id = switch_event.guild_id and e.status = 'active'
  returning * into previous;
  update events e set status = 'active', closed_at = null
  where e.guild_id = event.guild_id and e.id = event.id
  returning * into event;
  return end_request(
    guild_id, request_id, member_id, 'event_switch', event.id,
    jsonb_build_object('event', event.name, 'closed', previous.name),
    jsonb_build_object(
      'outcome', 'event_switched', 'event', event_facts(event), 'previous', previous.name
    )
  );
end
$$;
