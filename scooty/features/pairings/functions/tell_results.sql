-- Keep how the team's matches of a round ended, as far as its file tells it. What a person told stays;
-- what an earlier file told of a pairing that is no more goes.
create function scooty_private.tell_results(
  event scooty_private.events, round smallint, content jsonb
) returns void
language plpgsql
as $$
#variable_conflict use_column
declare
  mates bigint[];
begin
  if exists (
    select from results r
    where r.guild_id = event.guild_id and r.event_id = event.id and r.round = tell_results.round
      and r.told_by is null
  ) then
    delete from results r
    where r.guild_id = event.guild_id and r.event_id = event.id and r.round = tell_results.round
      and r.told_by is null and not exists (
        select from pairings p
        where p.guild_id = r.guild_id and p.event_id = r.event_id and p.round = r.round
          and p.player_id = r.player_id and p.opponent_id = r.opponent_id
      );
  end if;

  -- Teammates are few, and looked for first: without them the file is not read once more.
  select array_agg(l.player_id) into mates from team_links l
  where l.guild_id = event.guild_id;
  if mates is null then
    return;
  end if;
  insert into results as r (
    guild_id, event_id, round, player_id, opponent_id, outcome, games_won, games_lost, games_drawn
  )
  with told as materialized (
    select e.* from round_file_entries(event.guild_id, content) e
    where not e.is_left_out and e.outcome is not null and e.player_id = any (mates)
  )
  select event.guild_id, event.id, tell_results.round, p.player_id, p.opponent_id, e.outcome,
    e.games_won, e.games_lost, e.games_drawn
  from told e
  join pairings p
    on p.guild_id = event.guild_id and p.event_id = event.id and p.round = tell_results.round
      and p.player_id = e.player_id
  where p.opponent_id is not null
  order by p.player_id
  on conflict (guild_id, event_id, round, player_id) do update set
    opponent_id = excluded.opponent_id, outcome = excluded.outcome,
    games_won = excluded.games_won, games_lost = excluded.games_lost,
    games_drawn = excluded.games_drawn, told_at = clock_timestamp()
  where r.told_by is null;
end
$$;
