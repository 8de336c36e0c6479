-- /matchup: how the team did with one archetype against another, in the active event if there is one,
-- and in all events of the guild.
create function scooty.matchup_record(
  guild_id bigint, archetype_key text, archetype_word_key text,
  theirs_key text, theirs_word_key text
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  ours archetypes := known_archetype(guild_id, archetype_key, archetype_word_key);
  theirs archetypes := known_archetype(guild_id, theirs_key, theirs_word_key);
begin
  if ours.id is null or theirs.id is null then
    return jsonb_build_object(
      'outcome', 'matchup_unknown', 'is_ours', ours.id is null,
      'nearest', nearest_archetypes(
        guild_id, event.id, case when ours.id is null then archetype_key else theirs_key end
      )
    );
  end if;
  return jsonb_build_object(
    'outcome', 'matchup',
    'event', event.name,
    'ours', archetype_facts(ours), 'theirs', archetype_facts(theirs),
    'here', case when event.id is not null then one_matchup(guild_id, event.id, ours.id, theirs.id) end,
    'everywhere', one_matchup(guild_id, null, ours.id, theirs.id)
  );
end
$$;
