-- Let nobody watch a player of an event any more, of whom a report came to count; returns who did.
create function scooty_private.end_watch(guild_id bigint, event_id bigint, player_id bigint)
returns bigint
language plpgsql
as $$
#variable_conflict use_column
declare
  watcher_id bigint;
begin
  delete from assignments a
  where a.guild_id = end_watch.guild_id and a.event_id = end_watch.event_id
    and a.player_id = end_watch.player_id
  returning a.member_id into watcher_id;
  return watcher_id;
end
$$;
