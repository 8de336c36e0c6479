-- Players reported in an event whose name fits what was typed, best first, at most 25: those in
-- which every typed word begins a word, and, only when there is none, those that resemble it.
create function scooty_private.matching_players(guild_id bigint, event_id bigint, text_key text)
returns table (player_id bigint, place bigint)
language plpgsql stable
set search_path = scooty_private, extensions, pg_temp
set pg_trgm.word_similarity_threshold = 0.4
-- The planner takes a trigram comparison to be as cheap as any, and would compare every name.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  patterns text[] := word_patterns(text_key);
begin
  return query
  select found.player_id, row_number() over (order by found.begins desc, found.last_reported_at desc)
  from (
    select n.player_id, p.last_reported_at,
      bool_or(starts_with(n.name_key, matching_players.text_key)) as begins
    from player_names n
    join event_players p on p.guild_id = n.guild_id and p.event_id = matching_players.event_id
      and p.player_id = n.player_id and p.report_count > 0
    where n.guild_id = matching_players.guild_id
      and n.search_text like patterns[1] and n.search_text like all (patterns)
    group by n.player_id, p.last_reported_at
    order by begins desc, p.last_reported_at desc
    limit 25
  ) found;
  if found then
    return;
  end if;

  -- Likeness to a part of the name is never below likeness to all of it, so this one operator
  -- finds both. Guilds are told apart afterwards, so that only the trigram index fits.
  return query
  with alike as materialized (
    select n.guild_id, n.player_id, n.search_text from player_names n
    where n.search_text %> matching_players.text_key
  )
  select found.player_id, row_number() over (
    order by found.likeness desc, found.whole desc, found.last_reported_at desc
  )
  from (
    select n.player_id, p.last_reported_at,
      max(word_similarity(matching_players.text_key, n.search_text)) as likeness,
      max(similarity(n.search_text, matching_players.text_key)) as whole
    from alike n
    join event_players p on p.guild_id = n.guild_id and p.event_id = matching_players.event_id
      and p.player_id = n.player_id and p.report_count > 0
    where n.guild_id = matching_players.guild_id
    group by n.player_id, p.last_reported_at
    order by likeness desc, whole desc, p.last_reported_at desc
    limit 25
  ) found;
end
$$;
