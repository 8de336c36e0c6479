-- /archetype alias: one more name for an archetype.
create function scooty.add_archetype_alias(
  guild_id bigint, request_id bigint, member_id bigint, name_key text, word_key text,
  alias_key text, alias_word_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  taken jsonb;
  named archetypes;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  named := find_archetype(guild_id, name_key, word_key);
  if named.id is null then
    return archetype_refusal(guild_id, name_key);
  end if;
  taken := names_taken(guild_id, array[alias_key]);
  if taken is not null then
    return taken;
  end if;

  named := own_archetype(guild_id, named.guild_id, named.id);
  insert into archetype_names (guild_id, name_key, word_key, archetype_id) values (
    named.guild_id, add_archetype_alias.alias_key, add_archetype_alias.alias_word_key, named.id
  );
  return end_request(
    guild_id, request_id, member_id, 'archetype_alias', named.id,
    jsonb_build_object('archetype', named.name, 'alias', alias_key),
    jsonb_build_object('outcome', 'alias_added', 'archetype', archetype_object(guild_id, named))
  );
end
$$;
