-- Delete an event with all that belongs to it; how many reports that was.
create function scooty_private.delete_event(guild_id bigint, event_id bigint) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
  report_count integer;
begin
  perform from event_players p
  where p.guild_id = delete_event.guild_id and p.event_id = delete_event.event_id
  order by p.player_id
  for update;
  delete from reports r
  where r.guild_id = delete_event.guild_id and r.event_id = delete_event.event_id;
  get diagnostics report_count = row_count;
  -- What hangs on players goes at once, instead of player by player.
  delete from results t
  where t.guild_id = delete_event.guild_id and t.event_id = delete_event.event_id;
  delete from rounds r
  where r.guild_id = delete_event.guild_id and r.event_id = delete_event.event_id;
  delete from event_archetypes c
  where c.guild_id = delete_event.guild_id and c.event_id = delete_event.event_id;
  delete from event_players p
  where p.guild_id = delete_event.guild_id and p.event_id = delete_event.event_id;
  update events e set previous_event_id = null
  where e.guild_id = delete_event.guild_id and e.previous_event_id = delete_event.event_id;
  delete from events e where e.guild_id = delete_event.guild_id and e.id = delete_event.event_id;
  return report_count;
end
$$;
