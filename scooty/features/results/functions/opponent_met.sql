-- Against whom a player plays in a round, or why nobody can say. The pairings know it; where none were
-- imported, it is who was named, who becomes a player of the guild if there is none of that name.
create function scooty_private.opponent_met(
  event scooty_private.events, round smallint, player_id bigint,
  opponent text, opponent_key text, opponent_word_key text
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  paired pairings;
  opponent_id bigint;
begin
  if round is null then
    return jsonb_build_object('outcome', 'no_round');
  end if;
  if opponent_key is not null then
    opponent_id := named_opponent(event.guild_id, opponent_key, opponent_word_key);
  end if;
  select * into paired from pairings p
  where p.guild_id = event.guild_id and p.event_id = event.id and p.round = opponent_met.round
    and p.player_id = opponent_met.player_id;
  if found then
    if paired.opponent_id is null then
      return jsonb_build_object('outcome', 'bye', 'round', round);
    elsif opponent_key is not null and opponent_id is distinct from paired.opponent_id then
      return jsonb_build_object('outcome', 'paired_otherwise', 'round', round, 'opponent', (
        select p.name from players p
        where p.guild_id = event.guild_id and p.id = paired.opponent_id
      ));
    end if;
    return jsonb_build_object('outcome', 'met', 'opponent_id', paired.opponent_id);
  elsif opponent_key is null then
    return jsonb_build_object(
      'outcome', case
        when exists (
          select from rounds r
          where r.guild_id = event.guild_id and r.event_id = event.id
            and r.number = opponent_met.round
        ) then 'not_paired'
        else 'round_unknown'
      end,
      'round', round, 'current', current_round(event.guild_id, event.id)
    );
  elsif opponent_id = player_id then
    return jsonb_build_object('outcome', 'against_oneself');
  end if;
  return jsonb_build_object('outcome', 'met', 'opponent_id', coalesce(
    opponent_id, player_named(event.guild_id, opponent, opponent_key, opponent_word_key)
  ));
end
$$;
