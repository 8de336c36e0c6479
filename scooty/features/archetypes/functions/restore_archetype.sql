-- /archetype retire with `restore`: offer a retired archetype again, as it was. One that was merged has
-- no name left by which it would be found here.
create function scooty.restore_archetype(
  guild_id bigint, request_id bigint, member_id bigint, name_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  restored archetypes;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  restored := retired_archetype(guild_id, name_key);
  if restored.id is null then
    return jsonb_build_object('outcome', 'not_retired');
  end if;
  update archetypes a set retired_at = null
  where a.guild_id = restored.guild_id and a.id = restored.id;
  return end_request(
    guild_id, request_id, member_id, 'archetype_restore', restored.id,
    jsonb_build_object('archetype', restored.name),
    jsonb_build_object('outcome', 'restored', 'archetype', archetype_object(guild_id, restored))
  );
end
$$;
