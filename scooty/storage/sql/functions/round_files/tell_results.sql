-- Keep how the team's matches of a round ended, as far as its file tells it. What a person told stays;
-- what an earlier file told of a pairing that is no more goes.
create function scooty_private.tell_results(
  event scooty_private.events, round smallint, content jsonb
) returns void
language sql
as $$
  delete from results r
  where r.guild_id = event.guild_id and r.event_id = event.id and r.round = tell_results.round
    and r.told_by is null and not exists (
      select from pairings p
      where p.guild_id = r.guild_id and p.event_id = r.event_id and p.round = r.round
        and p.player_id = r.player_id and p.opponent_id = r.opponent_id
    );
  insert into results as r (
    guild_id, event_id, round, player_id, opponent_id, outcome, games_won, games_lost, games_drawn
  )
  -- Teammates are few, and looked for first.
  with mates as materialized (
    select p.player_id, p.opponent_id from team_links l
    join pairings p
      on p.guild_id = l.guild_id and p.event_id = event.id and p.round = tell_results.round
        and p.player_id = l.player_id
    where l.guild_id = event.guild_id and p.opponent_id is not null
  ), told as materialized (
    select e.* from round_file_entries(event.guild_id, content) e
    where not e.is_left_out and e.outcome is not null
  )
  select event.guild_id, event.id, tell_results.round, m.player_id, m.opponent_id, e.outcome,
    e.games_won, e.games_lost, e.games_drawn
  from mates m
  join told e on e.player_id = m.player_id
  order by m.player_id
  on conflict (guild_id, event_id, round, player_id) do update set
    opponent_id = excluded.opponent_id, outcome = excluded.outcome,
    games_won = excluded.games_won, games_lost = excluded.games_lost,
    games_drawn = excluded.games_drawn, told_at = clock_timestamp()
  where r.told_by is null;
$$;
