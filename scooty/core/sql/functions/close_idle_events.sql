-- Close active events to which nobody has reported for some days; how many were closed. A tournament
-- lasts three days at most, and one that was forgotten would get the next one's reports.
create function scooty.close_idle_events(idle_days bigint) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  idle_since timestamptz := clock_timestamp() - make_interval(days => idle_days::integer);
  closed integer;
begin
  update events e set status = 'closed', closed_at = clock_timestamp()
  where e.status = 'active'
    and e.created_at < idle_since
    and not exists (
      select from event_players p
      where p.guild_id = e.guild_id and p.event_id = e.id
        and p.last_reported_at >= idle_since
    )
    and not exists (  -- nor was it made active again
      select from audit a
      where a.guild_id = e.guild_id and a.at >= idle_since and a.action = 'event_switch'
        and a.subject_id = e.id
    );
  get diagnostics closed = row_count;
  return to_jsonb(closed);
end
$$;
