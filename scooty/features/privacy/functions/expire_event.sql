-- Delete one event that ended longer ago than its guild keeps events; null when there is none left.
-- One a call, so that none holds others up for long.
create function scooty.expire_event() returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
set statement_timeout = '4s'
as $$
#variable_conflict use_column
declare
  event events;
  report_count integer;
begin
  select e.* into event from events e
  where e.status = 'closed'
    and e.closed_at < clock_timestamp() - make_interval(days => retention_days(e.guild_id))
  order by e.closed_at
  limit 1
  for update skip locked;
  if not found then
    return null;
  end if;
  report_count := delete_event(event.guild_id, event.id);
  perform note_deed(
    event.guild_id, 0, 0, 'retention', event.id, jsonb_build_object('reports', report_count)
  );
  return jsonb_build_object('reports', report_count);
end
$$;
