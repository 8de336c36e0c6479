-- An archetype as its captains see it, with how often it was reported in the active event.
create function scooty_private.archetype_object(
  guild_id bigint, archetype scooty_private.archetypes
) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'id', archetype.id,
    'name', archetype.name,
    'colours', archetype.colours,
    'formats', to_jsonb(archetype.formats),
    'emoji', archetype.emoji,
    'display_colour', archetype.display_colour,
    'name_keys', coalesce((
      select jsonb_agg(n.name_key order by n.name_key) from archetype_names n
      where n.guild_id = archetype.guild_id and n.archetype_id = archetype.id
    ), '[]'),
    'report_count', coalesce((
      select c.report_count from event_archetypes c
      where c.guild_id = archetype_object.guild_id
        and c.event_id = (active_event(archetype_object.guild_id)).id
        and c.archetype_id = archetype.id
    ), 0)
  );
$$;
