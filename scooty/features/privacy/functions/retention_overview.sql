-- /privacy retention: how long events are kept, and which go when, the next ones first.
create function scooty.retention_overview(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  days integer := retention_days(guild_id);
begin
  return jsonb_build_object(
    'days', days,
    'is_chosen', exists (
      select from guild_settings s
      where s.guild_id = retention_overview.guild_id and s.retention_days is not null
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', e.name,
        'goes_at', e.closed_at + make_interval(days => days),
        'reports', (
          select count(*) from reports r where r.guild_id = e.guild_id and r.event_id = e.id
        )
      ) order by e.closed_at, e.id), '[]')
      from (
        select e.* from events e
        where e.guild_id = retention_overview.guild_id and e.status = 'closed'
        order by e.closed_at, e.id limit 10
      ) e
    ),
    'event_count', (
      select count(*) from events e
      where e.guild_id = retention_overview.guild_id and e.status = 'closed'
    )
  );
end
$$;
