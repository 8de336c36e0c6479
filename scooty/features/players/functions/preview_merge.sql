-- What merging one player into another would bring together: their names, and event by event, the
-- active one first, what is known of each and all reports that would count together.
create function scooty.preview_merge(guild_id bigint, kept_player_id bigint, merged_player_id bigint)
returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  refused jsonb := merge_refused(guild_id, kept_player_id, merged_player_id);
begin
  if refused is not null then
    return refused;
  end if;
  return jsonb_build_object(
    'outcome', 'merge_preview',
    'kept', merge_side(guild_id, kept_player_id),
    'merged', merge_side(guild_id, merged_player_id),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', shown.name, 'observations', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'report_id', r.id, 'player_id', r.player_id, 'archetype_id', r.archetype_id,
            'archetype', a.name, 'source', r.source, 'confidence', r.confidence,
            'reported_at', r.reported_at, 'reporter_id', nullif(r.reporter_id, 0)
          ) order by r.id), '[]')
          from reports r
          join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
          where r.guild_id = shown.guild_id and r.event_id = shown.id and r.undone_at is null
            and r.player_id in (preview_merge.kept_player_id, preview_merge.merged_player_id)
        )
      ) order by shown.place), '[]')
      from (
        select e.guild_id, e.id, e.name,
          row_number() over (order by e.status = 'active' desc, e.id desc) as place
        from event_players p
        join events e on e.guild_id = p.guild_id and e.id = p.event_id
        where p.guild_id = preview_merge.guild_id
          and p.player_id = preview_merge.merged_player_id
        order by place limit 10
      ) shown
    )
  );
end
$$;
