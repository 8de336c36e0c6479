-- Players of a guild, in whatever event, whose name fits what was typed, best first: those in which
-- every typed word begins a word, and, only when there is none, those that resemble it.
create function scooty_private.alike_players(guild_id bigint, text_key text, at_most integer)
returns bigint[]
language plpgsql stable
set pg_trgm.word_similarity_threshold = 0.4
-- As in matching_players: a trigram comparison is not as cheap as the planner takes it to be.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  patterns text[] := word_patterns(text_key);
  player_ids bigint[];
begin
  select array_agg(best.player_id order by best.begins desc, best.player_id desc) into player_ids
  from (
    select n.player_id, bool_or(starts_with(n.name_key, alike_players.text_key)) as begins
    from player_names n
    where n.guild_id = alike_players.guild_id
      and n.search_text like patterns[1] and n.search_text like all (patterns)
    group by n.player_id
    order by begins desc, n.player_id desc limit alike_players.at_most
  ) best;
  if player_ids is not null then
    return player_ids;
  end if;

  -- Guilds are told apart afterwards, so that only the trigram index fits.
  with alike as materialized (
    select n.guild_id, n.player_id, n.search_text from player_names n
    where n.search_text %> alike_players.text_key
  )
  select array_agg(best.player_id order by best.likeness desc, best.whole desc, best.player_id)
  into player_ids
  from (
    select a.player_id, max(word_similarity(alike_players.text_key, a.search_text)) as likeness,
      max(similarity(a.search_text, alike_players.text_key)) as whole
    from alike a
    where a.guild_id = alike_players.guild_id
    group by a.player_id
    order by likeness desc, whole desc, a.player_id limit alike_players.at_most
  ) best;
  return player_ids;
end
$$;
