-- /event phase: say which part of the tournament the active event is in.
create function scooty.set_event_phase(
  guild_id bigint, request_id bigint, member_id bigint, phase text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  event events;
begin
  if known is not null then
    return known;
  end if;
  perform turn_of_events(guild_id);
  event := active_event(guild_id);
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  elsif event.phase = set_event_phase.phase then
    return jsonb_build_object('outcome', 'phase_set_before', 'event', event_facts(event));
  end if;

  update events e set phase = set_event_phase.phase
  where e.guild_id = event.guild_id and e.id = event.id
  returning * into event;
  return end_request(
    guild_id, request_id, member_id, 'event_phase', event.id,
    jsonb_build_object('event', event.name, 'phase', event.phase),
    jsonb_build_object('outcome', 'phase_set', 'event', event_facts(event))
  );
end
$$;
