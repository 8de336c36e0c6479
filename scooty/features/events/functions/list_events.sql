-- /event list: one page of a guild's events, the active one first, then the newest. Who asks for a
-- page after the last gets the last.
create function scooty.list_events(guild_id bigint, skipped bigint, at_most bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  total bigint := (select count(*) from events e where e.guild_id = list_events.guild_id);
  before bigint := least(
    greatest(skipped, 0), greatest(total - 1, 0) / greatest(at_most, 1) * greatest(at_most, 1)
  );
begin
  return jsonb_build_object(
    'total', total,
    'skipped', before,
    'events', (
      select coalesce(jsonb_agg(
        page.facts || jsonb_build_object('players', c.players, 'reports', c.reports)
        order by page.active desc, page.id desc
      ), '[]')
      from (
        select e.guild_id, e.id, e.status = 'active' as active, event_facts(e) as facts
        from events e where e.guild_id = list_events.guild_id
        order by e.status = 'active' desc, e.id desc
        offset before limit list_events.at_most
      ) page
      cross join lateral (
        select count(*) as players, coalesce(sum(p.report_count), 0) as reports
        from event_players p where p.guild_id = page.guild_id and p.event_id = page.id
      ) c
    )
  );
end
$$;
