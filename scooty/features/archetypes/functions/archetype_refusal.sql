-- Why a name leads to no archetype that may be reported: it is retired, or nobody knows it.
create function scooty_private.archetype_refusal(guild_id bigint, name_key text) returns jsonb
language plpgsql stable
as $$
declare
  retired archetypes := retired_archetype(guild_id, name_key);
begin
  if retired.id is not null then
    return jsonb_build_object('outcome', 'archetype_retired', 'name', retired.name);
  end if;
  return jsonb_build_object(
    'outcome', 'no_such_archetype',
    'nearest', (
      select coalesce(jsonb_agg(near->'name'), '[]')
      from jsonb_array_elements(
        nearest_archetypes(guild_id, (active_event(guild_id)).id, name_key)
      ) near
    )
  );
end
$$;
