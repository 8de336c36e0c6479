-- The answer about somebody who is on an event's roster and whom nobody has reported; null when they
-- are not. A program that does not know of rosters reads that nobody was found.
create function scooty_private.listed_player(
  guild_id bigint, event scooty_private.events, player_id bigint
) returns jsonb
language sql stable
as $$
  select jsonb_build_object('outcome', 'nobody_found', 'listed', jsonb_build_object(
    'player_id', p.id,
    'name', p.name,
    'event', event_object(listed_player.event),
    'elsewhere', known_elsewhere(listed_player.guild_id, listed_player.event.id, p.id)
  ))
  from event_players e
  join players p on p.guild_id = e.guild_id and p.id = e.player_id
  where e.guild_id = listed_player.guild_id and e.event_id = listed_player.event.id
    and e.player_id = listed_player.player_id and e.listed_at is not null and e.report_count = 0;
$$;
