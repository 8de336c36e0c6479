-- The report that says what a player plays in an event, as it is kept with the player; computed anew
-- only when one report is told to count in any case. A set, so that it is planned as a part of the
-- query that calls it.
create function scooty_private.consensus_report(
  guild_id bigint, event_id bigint, player_id bigint, also bigint default null
) returns setof scooty_private.reports
language sql stable
as $$
  select r.* from reports r
  where r.guild_id = consensus_report.guild_id and r.id = case
    when consensus_report.also is null then (
      select p.consensus_report_id from event_players p
      where p.guild_id = consensus_report.guild_id and p.event_id = consensus_report.event_id
        and p.player_id = consensus_report.player_id
    )
    else (
      select c.report_id from consensus_of(
        consensus_report.guild_id, consensus_report.event_id, consensus_report.player_id,
        consensus_report.also
      ) c
    )
  end;
$$;
