-- Closed events that no archive was noted of since they were closed, the oldest first, at most so
-- many: guild, event, and when it was closed in microseconds, by which another closing is told.
create function scooty.unarchived_events(at_most bigint) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select coalesce(
    jsonb_agg(jsonb_build_array(c.guild_id, c.id, c.closed_us) order by c.closed_us, c.id), '[]'
  )
  from (
    select e.guild_id, e.id, (extract(epoch from e.closed_at) * 1000000)::bigint as closed_us
    from events e
    where e.status = 'closed' and not exists (
      select from audit a
      where a.guild_id = e.guild_id and a.action = 'archive' and a.subject_id = e.id
        and (a.detail->>'closed_us')::bigint
          = (extract(epoch from e.closed_at) * 1000000)::bigint
    )
    order by e.closed_at, e.id
    limit unarchived_events.at_most
  ) c;
$$;
