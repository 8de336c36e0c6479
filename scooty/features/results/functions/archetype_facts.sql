-- What is shown of an archetype wherever it is counted.
create function scooty_private.archetype_facts(archetype scooty_private.archetypes) returns jsonb
language sql immutable
as $$
  select jsonb_build_object(
    'id', archetype.id, 'name', archetype.name, 'colours', archetype.colours,
    'display_colour', archetype.display_colour
  );
$$;
