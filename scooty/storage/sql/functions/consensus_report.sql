-- The report that says what a player plays in an event: the newest that counts, and one that is told
-- to count in any case. The one rule for /check and /stats; a set, so that it is planned as a part of
-- the query that calls it.
create function scooty_private.consensus_report(
  guild_id bigint, event_id bigint, player_id bigint, also bigint default null
) returns setof scooty_private.reports
language sql stable
as $$
  select r.* from reports r
  where r.guild_id = consensus_report.guild_id and r.event_id = consensus_report.event_id
    and r.player_id = consensus_report.player_id
    and (r.undone_at is null or r.id = consensus_report.also)
  order by r.id desc limit 1;
$$;
