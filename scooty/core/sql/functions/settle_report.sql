-- Bring what is kept of a player up to date with a report that was just stored: what settle_player
-- would come to, without weighing all reports anew where one look at what is kept will do. Most
-- players are reported once, or again with the same deck.
create function scooty_private.settle_report(
  before scooty_private.event_players, report scooty_private.reports
) returns scooty_private.event_players
language plpgsql
as $$
#variable_conflict use_column
declare
  settled event_players;
  sureness text;
begin
  if before.report_count = 0 then
    -- One sighting is as sure as its reporter, hearsay at most likely, and a guess of it is one.
    sureness := case
      when report.confidence = 'guess' then 'guess'
      when report.source = 'told' and report.confidence = 'sure' then 'likely'
      when report.source = 'told' then 'guess'
      else report.confidence
    end;
  elsif before.consensus_confidence = 'sure' and not before.is_contested and exists (
    select from reports r
    where r.guild_id = report.guild_id and r.id = before.consensus_report_id
      and r.archetype_id = report.archetype_id and r.reported_at <= report.reported_at
  ) then
    sureness := 'sure';  -- more of the same makes nobody less sure
  else
    return settle_player(report.guild_id, report.event_id, report.player_id);
  end if;

  update event_players p set
    report_count = before.report_count + 1, last_reported_at = report.reported_at,
    consensus_report_id = report.id, consensus_confidence = sureness, is_contested = false
  where p.guild_id = report.guild_id and p.event_id = report.event_id
    and p.player_id = report.player_id
  returning p.* into settled;
  return settled;
end
$$;
