-- Those of some players who have a list in an event, in their order, at most 25.
create function scooty_private.with_decklists(event scooty_private.events, player_ids bigint[])
returns bigint[]
language sql stable
as $$
  select coalesce(array_agg(found.player_id order by found.place), '{}')
  from (
    select d.player_id, wanted.place
    from unnest(player_ids) with ordinality wanted (player_id, place)
    join decklists d on d.guild_id = event.guild_id and d.event_id = event.id
      and d.player_id = wanted.player_id
    order by wanted.place limit 25
  ) found;
$$;
