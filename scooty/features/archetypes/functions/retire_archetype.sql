-- /archetype retire: offer and find an archetype no more; its reports and names stay.
create function scooty.retire_archetype(
  guild_id bigint, request_id bigint, member_id bigint, name_key text, word_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  retired archetypes;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  retired := find_archetype(guild_id, name_key, word_key);
  if retired.id is null then
    return archetype_refusal(guild_id, name_key);
  end if;
  retired := own_archetype(guild_id, retired.guild_id, retired.id);
  update archetypes a set retired_at = clock_timestamp()
  where a.guild_id = retired.guild_id and a.id = retired.id;
  return end_request(
    guild_id, request_id, member_id, 'archetype_retire', retired.id,
    jsonb_build_object('archetype', retired.name),
    archetype_extent(guild_id, retired.id)
      || jsonb_build_object('outcome', 'retired', 'name', retired.name)
  );
end
$$;
