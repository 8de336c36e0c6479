-- What an archive of a closed event holds: what /export has. None when it was opened again.
create function scooty.archived_event(guild_id bigint, event_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events;
begin
  select * into event from events e
  where e.guild_id = archived_event.guild_id and e.id = archived_event.event_id
    and e.status = 'closed';
  if event.id is null then
    return jsonb_build_object('outcome', 'event_unknown');
  end if;
  return jsonb_build_object(
    'outcome', 'export', 'event', event_object(event),
    'reports', report_pages(event.guild_id, event.id),
    'players', player_pages(event.guild_id, event.id),
    'rounds', round_pages(event.guild_id, event.id)
  );
end
$$;
