-- One archetype of ours against one of theirs, and how many matches more may belong there: those in
-- which a deck is unknown and the other one is of the pair.
create function scooty_private.one_matchup(
  guild_id bigint, event_id bigint, ours bigint, theirs bigint
) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'ours', one_matchup.ours, 'theirs', one_matchup.theirs,
    'wins', count(*) filter (where m.result = 'win' and is_known),
    'losses', count(*) filter (where m.result = 'loss' and is_known),
    'draws', count(*) filter (where m.result = 'draw' and is_known),
    'unknown', count(*) filter (where not is_known)
  )
  from matches_played(one_matchup.guild_id, one_matchup.event_id) m
  cross join lateral (select m.ours is not null and m.theirs is not null as is_known) k
  where not m.is_between_teammates
    and coalesce(m.ours, one_matchup.ours) = one_matchup.ours
    and coalesce(m.theirs, one_matchup.theirs) = one_matchup.theirs;
$$;
