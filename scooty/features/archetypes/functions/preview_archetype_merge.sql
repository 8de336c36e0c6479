-- /archetype merge, before it does anything: what would change hands.
create function scooty.preview_archetype_merge(
  guild_id bigint, name_key text, word_key text, into_key text, into_word_key text
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  merged archetypes := find_archetype(guild_id, name_key, word_key);
  kept archetypes := find_archetype(guild_id, into_key, into_word_key);
begin
  if merged.id is null then
    return archetype_refusal(guild_id, name_key) || jsonb_build_object('which', 'merged');
  elsif kept.id is null then
    return archetype_refusal(guild_id, into_key) || jsonb_build_object('which', 'kept');
  elsif merged.id = kept.id then
    return jsonb_build_object('outcome', 'same_archetype', 'name', kept.name);
  end if;
  return jsonb_build_object(
    'outcome', 'preview',
    'merged', archetype_object(guild_id, merged),
    'kept', archetype_object(guild_id, kept)
  ) || archetype_extent(guild_id, merged.id);
end
$$;
