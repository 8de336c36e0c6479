-- Keep a guild's archetypes as they are until the transaction ends: whoever stores a report on one
-- holds them with others, and whoever changes them waits for those and holds them alone. Without it a
-- report could land on an archetype that has just been merged away.
--
-- It is taken before the archetype is looked for, so that what is found is what is there afterwards.
create function scooty_private.hold_archetypes(guild_id bigint, to_change boolean default false)
returns void
language sql
as $$
  select case
    when to_change
      then pg_advisory_xact_lock(hashtextextended('scooty.archetypes', guild_id))
    else pg_advisory_xact_lock_shared(hashtextextended('scooty.archetypes', guild_id))
  end;
$$;
