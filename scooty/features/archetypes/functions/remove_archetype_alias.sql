-- /archetype alias with `remove`: take a name from an archetype. Its proper name stays: the caller, who
-- folds names, says what that is, and the name for which that holds.
create function scooty.remove_archetype_alias(
  guild_id bigint, request_id bigint, member_id bigint, name_key text, word_key text,
  alias_key text, proper_name text, proper_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  named archetypes;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  named := find_archetype(guild_id, name_key, word_key);
  if named.id is null then
    return archetype_refusal(guild_id, name_key);
  elsif alias_key = proper_key or named.name is distinct from proper_name then
    return jsonb_build_object('outcome', 'name_kept', 'name', named.name);
  elsif not exists (
    select from archetype_names n
    where n.guild_id in (0, remove_archetype_alias.guild_id) and n.guild_id = named.guild_id
      and n.name_key = remove_archetype_alias.alias_key and n.archetype_id = named.id
  ) then
    return jsonb_build_object('outcome', 'no_such_alias', 'name', named.name);
  end if;

  named := own_archetype(guild_id, named.guild_id, named.id);
  delete from archetype_names n
  where n.guild_id = named.guild_id and n.archetype_id = named.id
    and n.name_key = remove_archetype_alias.alias_key;
  return end_request(
    guild_id, request_id, member_id, 'archetype_unalias', named.id,
    jsonb_build_object('archetype', named.name, 'alias', alias_key),
    jsonb_build_object('outcome', 'alias_removed', 'archetype', archetype_object(guild_id, named))
  );
end
$$;
