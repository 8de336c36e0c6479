-- A report as it is under the lock of its player's row, in the order of locks of store_report:
-- player, report, archetypes. Once more when the player was merged into another meanwhile.
create function scooty_private.lock_report(guild_id bigint, report_id bigint)
returns scooty_private.reports
language plpgsql
as $$
#variable_conflict use_column
declare
  seen reports;
  report reports;
begin
  loop
    select * into seen from reports r
    where r.guild_id = lock_report.guild_id and r.id = lock_report.report_id;
    if not found then
      return null;
    end if;
    perform from event_players p
    where p.guild_id = seen.guild_id and p.event_id = seen.event_id
      and p.player_id = seen.player_id
    for update;
    select * into report from reports r
    where r.guild_id = lock_report.guild_id and r.id = lock_report.report_id;
    if report.id is null or report.player_id = seen.player_id and report.event_id = seen.event_id
    then
      return report;
    end if;
  end loop;
end
$$;
