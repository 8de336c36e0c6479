-- The team's matches by both archetypes, in the order of their ids, mirrors included; matches between
-- teammates, and those of which a deck is unknown, are in none.
create function scooty_private.matchup_objects(guild_id bigint, event_id bigint) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'ours', g.ours, 'theirs', g.theirs, 'wins', g.wins, 'losses', g.losses, 'draws', g.draws
  ) order by g.ours, g.theirs), '[]')
  from (
    select m.ours, m.theirs,
      count(*) filter (where m.result = 'win') as wins,
      count(*) filter (where m.result = 'loss') as losses,
      count(*) filter (where m.result = 'draw') as draws
    from matches_played(matchup_objects.guild_id, matchup_objects.event_id) m
    where not m.is_between_teammates and m.ours is not null and m.theirs is not null
    group by m.ours, m.theirs
  ) g;
$$;
