-- Players reported in an event, and after them, if wanted, those on its roster, whose name fits what
-- was typed, best first, at most 25: those in which every typed word begins a word, and, only when
-- there is none, those that resemble it.
--
-- The names are found first and the event is asked about those only. Left to the planner, a new
-- event without statistics would have all of its players looked up one by one. The count is looked
-- at outside, or the index of the players that count would seem to serve as well as the key.
create function scooty_private.matching_players(
  guild_id bigint, event_id bigint, text_key text, also_listed boolean default false
) returns bigint[]
language plpgsql stable
set plan_cache_mode = auto
set pg_trgm.word_similarity_threshold = 0.4
-- The planner takes a trigram comparison to be as cheap as any, and would compare every name.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  patterns text[] := word_patterns(text_key);
  player_ids bigint[];
begin
  with named as materialized (
    select n.player_id, bool_or(starts_with(n.name_key, matching_players.text_key)) as begins,
      min(n.name_key collate "C") as first_key
    from player_names n
    where n.guild_id = matching_players.guild_id
      and n.search_text like patterns[1] and n.search_text like all (patterns)
    group by n.player_id
  ), playing as materialized (
    select named.player_id, named.begins, named.first_key, p.last_reported_at,
      p.report_count > 0 as reported
    from named
    cross join lateral (
      select p.last_reported_at, p.report_count, p.listed_at from event_players p
      where p.guild_id = matching_players.guild_id and p.event_id = matching_players.event_id
        and p.player_id = named.player_id
      limit 1
    ) p
    where p.report_count > 0 or matching_players.also_listed and p.listed_at is not null
  )
  select array_agg(best.player_id
    order by best.reported desc, best.begins desc, best.last_reported_at desc, best.first_key)
  into player_ids
  from (
    select * from playing order by reported desc, begins desc, last_reported_at desc, first_key
    limit 25
  ) best;
  if player_ids is not null then
    return player_ids;
  end if;

  -- Likeness to a part of the name is never below likeness to all of it, so this one operator
  -- finds both. A short word that one slip took apart shares no trigrams with what was meant, so
  -- its slips are looked for one by one.
  -- Guilds are told apart afterwards, so that only the trigram index fits.
  with alike as materialized (
    select n.guild_id, n.player_id, n.search_text, false as slipped from player_names n
    where n.search_text %> matching_players.text_key
    union all
    select n.guild_id, n.player_id, n.search_text, true
    from unnest(slip_patterns(text_key)) slip (pattern)
    cross join lateral (
      select n.guild_id, n.player_id, n.search_text from player_names n
      where n.search_text like slip.pattern
      offset 0
    ) n
  ), named as materialized (
    select n.player_id, bool_or(n.slipped) as slipped,
      max(word_similarity(matching_players.text_key, n.search_text)) as likeness,
      max(similarity(n.search_text, matching_players.text_key)) as whole
    from alike n
    where n.guild_id = matching_players.guild_id
    group by n.player_id
  ), playing as materialized (
    select named.player_id, named.slipped, named.likeness, named.whole, p.last_reported_at,
      p.report_count > 0 as reported
    from named
    cross join lateral (
      select p.last_reported_at, p.report_count, p.listed_at from event_players p
      where p.guild_id = matching_players.guild_id and p.event_id = matching_players.event_id
        and p.player_id = named.player_id
      limit 1
    ) p
    where p.report_count > 0 or matching_players.also_listed and p.listed_at is not null
  )
  select array_agg(best.player_id
    order by best.reported desc, best.slipped desc, best.likeness desc, best.whole desc,
      best.last_reported_at desc)
  into player_ids
  from (
    select * from playing
    order by reported desc, slipped desc, likeness desc, whole desc, last_reported_at desc
    limit 25
  ) best;
  return player_ids;
end
$$;
