-- Bring what is kept of a player in an event up to date with the reports. Every function that
-- changes a report calls it, under the lock of the player's row.
create function scooty_private.settle_player(guild_id bigint, event_id bigint, player_id bigint)
returns scooty_private.event_players
language plpgsql
as $$
#variable_conflict use_column
declare
  settled event_players;
begin
  update event_players p set
    report_count = coalesce(c.report_count, 0),
    last_reported_at = c.last_reported_at,
    consensus_report_id = c.report_id,
    consensus_confidence = c.confidence,
    is_contested = coalesce(c.is_contested, false)
  from (select) one
  left join consensus_of(
    settle_player.guild_id, settle_player.event_id, settle_player.player_id
  ) c on true
  where p.guild_id = settle_player.guild_id and p.event_id = settle_player.event_id
    and p.player_id = settle_player.player_id
  returning p.* into settled;
  -- However a report came to count: from a file, restored, or with another player in a merge.
  if settled.report_count > 0 then
    perform end_watch(settle_player.guild_id, settle_player.event_id, settle_player.player_id);
  end if;
  return settled;
end
$$;
