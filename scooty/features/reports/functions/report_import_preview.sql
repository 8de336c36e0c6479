-- What it would do to an event to apply a kept import of reports, in numbers; and of the archetypes
-- that are unknown, those with the most reports, each with the name that is most like it.
create function scooty_private.report_import_preview(
  pending scooty_private.pending_imports, event scooty_private.events
) returns jsonb
language sql stable
as $$
  with found as materialized (
    select * from imported_reports(pending.guild_id, event.id, pending.content)
  ), unknown as (
    select f.archetype_key, min(f.archetype) as name, count(*) as reports from found f
    where f.archetype_id is null
    group by f.archetype_key
  ), shown as (
    select * from unknown u order by u.reports desc, u.archetype_key limit 10
  )
  select jsonb_build_object(
    'outcome', 'import_kept', 'import_id', pending.request_id, 'expires_at', pending.expires_at,
    'event', event.name,
    'reports', count(*),
    'players', count(distinct coalesce(f.player_id::text, '#' || f.name_key)),
    'new_players', count(distinct f.name_key) filter (
      where f.player_id is null and f.archetype_id is not null
    ),
    'known', count(*) filter (where f.is_there),
    'left_out', count(*) filter (where f.archetype_id is null),
    'unknown_count', (select count(*) from unknown),
    'unknown', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', s.name, 'reports', s.reports,
        'nearest', nearest_archetypes(pending.guild_id, event.id, s.archetype_key)->0->>'name'
      ) order by s.reports desc, s.archetype_key), '[]')
      from shown s
    )
  )
  from found f;
$$;
