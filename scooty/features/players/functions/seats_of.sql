-- Where a player sits or sat: round by round, against whom, by the pairings and by results that were
-- told. A match may be told from both sides.
create function scooty_private.seats_of(guild_id bigint, player_id bigint)
returns table (
  event_id bigint, round smallint, opponent_id bigint, is_paired boolean, is_own boolean
)
language sql stable
as $$
  with played as (
    select e.event_id from event_players e
    where e.guild_id = seats_of.guild_id and e.player_id = seats_of.player_id
  )
  select p.event_id, p.round, p.opponent_id, true, true from played
  join pairings p on p.guild_id = seats_of.guild_id and p.event_id = played.event_id
    and p.player_id = seats_of.player_id
  union all
  select p.event_id, p.round, p.player_id, true, false from played
  join pairings p on p.guild_id = seats_of.guild_id and p.event_id = played.event_id
    and p.opponent_id = seats_of.player_id
  union all
  select r.event_id, r.round, r.opponent_id, false, true from played
  join results r on r.guild_id = seats_of.guild_id and r.event_id = played.event_id
    and r.player_id = seats_of.player_id
  union all
  select r.event_id, r.round, r.player_id, false, false from played
  join results r on r.guild_id = seats_of.guild_id and r.event_id = played.event_id
    and r.opponent_id = seats_of.player_id;
$$;
