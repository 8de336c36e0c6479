-- The round that a brief is of: the one asked for, or the newest. No row when it was never applied.
create function scooty_private.brief_round(guild_id bigint, event_id bigint, round bigint)
returns scooty_private.rounds
language sql stable
as $$
  select r from rounds r
  where r.guild_id = brief_round.guild_id and r.event_id = brief_round.event_id
    and r.number = coalesce(
      brief_round.round, current_round(brief_round.guild_id, brief_round.event_id)
    );
$$;
