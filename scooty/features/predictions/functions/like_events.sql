-- The guild's newest other events whose decks may be those of an event: of the same format, or one of
-- both says none.
create function scooty_private.like_events(event scooty_private.events) returns bigint[]
language sql stable
as $$
  select coalesce(array_agg(like_it.id order by like_it.id desc), '{}') from (
    select e.id from events e
    where e.guild_id = event.guild_id and e.id <> event.id
      and coalesce(e.format = event.format, true)
    order by e.id desc limit 10
  ) like_it;
$$;
