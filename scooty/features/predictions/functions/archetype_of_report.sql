-- The archetype of a report of a player in an event.
create function scooty_private.archetype_of_report(
  guild_id bigint, event_id bigint, player_id bigint, report_id bigint
) returns bigint
language sql stable
as $$
  select r.archetype_id from reports r
  where r.guild_id = archetype_of_report.guild_id and r.event_id = archetype_of_report.event_id
    and r.player_id = archetype_of_report.player_id and r.id = archetype_of_report.report_id
  limit 1;
$$;
