-- /archetype list: what a guild may report, the most reported in the active event first, and what it
-- has retired. An archetype without formats is of all of them.
create function scooty.list_archetypes(guild_id bigint, format text default null) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select jsonb_build_object(
    'archetypes', (
      select coalesce(
        jsonb_agg(o.object order by (o.object->>'report_count')::integer desc, o.name), '[]'
      )
      from (
        select a.name, archetype_object(list_archetypes.guild_id, a) as object
        from offered_archetypes(list_archetypes.guild_id) a
        where list_archetypes.format is null or a.formats = '{}'
          or list_archetypes.format = any(a.formats)
      ) o
    ),
    'retired', (
      select coalesce(jsonb_agg(
        jsonb_build_object('name', a.name, 'merged_into', kept.name) order by a.name
      ), '[]')
      from archetypes a
      left join archetypes kept on kept.guild_id = a.guild_id and kept.id = a.merged_into
      where a.guild_id = list_archetypes.guild_id and a.retired_at is not null
        and (list_archetypes.format is null or a.formats = '{}'
          or list_archetypes.format = any(a.formats))
    )
  );
$$;
