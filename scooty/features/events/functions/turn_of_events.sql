-- Wait until nobody else makes an event of this guild active or closes one; until the transaction
-- ends, nobody else will.
create function scooty_private.turn_of_events(guild_id bigint) returns void
language sql
as $$
  select pg_advisory_xact_lock(hashtextextended('scooty.create_event', guild_id));
$$;
