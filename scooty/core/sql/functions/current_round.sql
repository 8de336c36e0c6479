-- The newest round of an event whose pairings were applied; null when there is none.
create function scooty_private.current_round(guild_id bigint, event_id bigint) returns smallint
language sql stable
as $$
  select max(r.number) from rounds r
  where r.guild_id = current_round.guild_id and r.event_id = current_round.event_id;
$$;
