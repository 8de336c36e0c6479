-- A result with both names and what both play, as far as that is known.
create function scooty_private.told_result(
  guild_id bigint, event_id bigint, round smallint, player_id bigint
) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'event_id', t.event_id, 'round', t.round, 'told_at', t.told_at,
    'player_id', t.player_id, 'player', mine.name, 'player_deck', played_deck(
      t.guild_id, t.event_id, t.player_id
    ),
    'opponent_id', t.opponent_id, 'opponent', other.name, 'opponent_deck', played_deck(
      t.guild_id, t.event_id, t.opponent_id
    ),
    'result', t.outcome, 'games_won', t.games_won, 'games_lost', t.games_lost,
    'games_drawn', t.games_drawn
  )
  from results t
  join players mine on mine.guild_id = t.guild_id and mine.id = t.player_id
  join players other on other.guild_id = t.guild_id and other.id = t.opponent_id
  where t.guild_id = told_result.guild_id and t.event_id = told_result.event_id
    and t.round = told_result.round and t.player_id = told_result.player_id;
$$;
