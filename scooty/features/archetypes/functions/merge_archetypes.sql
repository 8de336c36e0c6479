-- The button under the preview: give all names and reports of one archetype to another, and retire it.
-- Both ids may be of the starter set, and may come from a message of any age.
create function scooty.merge_archetypes(
  guild_id bigint, request_id bigint, member_id bigint, archetype_id bigint, into_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  merged archetypes;
  kept archetypes;
  extent jsonb;
  playing record;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  merged := current_archetype(guild_id, archetype_id);
  kept := current_archetype(guild_id, into_id);
  if merged.id is null or kept.id is null or merged.id = kept.id then
    return jsonb_build_object('outcome', 'merge_stale');
  end if;
  merged := own_archetype(guild_id, merged.guild_id, merged.id);
  kept := own_archetype(guild_id, kept.guild_id, kept.id);
  extent := archetype_extent(guild_id, merged.id);

  -- In the order in which everybody locks: players, reports, archetypes.
  create temporary table regrouped on commit drop as
  select distinct r.event_id, r.player_id from reports r
  where r.guild_id = merged.guild_id and r.archetype_id = merged.id;
  perform from event_players p
  join regrouped g on g.event_id = p.event_id and g.player_id = p.player_id
  where p.guild_id = merged.guild_id
  order by p.event_id, p.player_id for update of p;
  update reports r set archetype_id = kept.id
  where r.guild_id = merged.guild_id and r.archetype_id = merged.id;
  for playing in select g.event_id, g.player_id from regrouped g loop
    perform settle_player(guild_id, playing.event_id, playing.player_id);
  end loop;
  insert into event_archetypes as c (
    guild_id, event_id, archetype_guild_id, archetype_id, report_count
  )
  select m.guild_id, m.event_id, kept.guild_id, kept.id, m.report_count
  from event_archetypes m
  where m.guild_id = merged.guild_id and m.archetype_id = merged.id
  order by m.event_id
  on conflict (guild_id, event_id, archetype_id)
    do update set report_count = c.report_count + excluded.report_count;
  delete from event_archetypes c
  where c.guild_id = merged.guild_id and c.archetype_id = merged.id;

  update archetype_names n set archetype_id = kept.id
  where n.guild_id = merged.guild_id and n.archetype_id = merged.id;
  update archetypes a set
    merged_into = kept.id, retired_at = coalesce(a.retired_at, clock_timestamp())
  where a.guild_id = merged.guild_id and (a.id = merged.id or a.merged_into = merged.id);
  return end_request(
    guild_id, request_id, member_id, 'archetype_merge', merged.id,
    extent || jsonb_build_object('archetype', merged.name, 'into', kept.name, 'into_id', kept.id),
    extent || jsonb_build_object(
      'outcome', 'merged', 'merged', merged.name, 'kept', archetype_object(guild_id, kept)
    )
  );
end
$$;
