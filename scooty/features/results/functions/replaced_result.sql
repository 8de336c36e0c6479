-- A result that another one takes the place of: enough to say what it was, and to put it back.
create function scooty_private.replaced_result(replaced scooty_private.results) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'opponent_id', replaced.opponent_id, 'opponent', p.name, 'result', replaced.outcome,
    'games_won', replaced.games_won, 'games_lost', replaced.games_lost,
    'games_drawn', replaced.games_drawn, 'is_of_a_file', replaced.told_by is null
  )
  from players p
  where p.guild_id = replaced.guild_id and p.id = replaced.opponent_id;
$$;
