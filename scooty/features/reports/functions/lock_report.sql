-- A report as it is under the lock of its player's row, in the order of locks of store_report:
-- player, report, archetypes. Once more when the player was merged into another meanwhile.
create function scooty_private.lock_report(guild_id bigint, report_id bigint)
returns scooty_private.reports
language plpgsql
as $$
#variable_conflict use_column
declare
  report reports;
  locked_id bigint;
begin
  loop
    select * into report from reports r
    where r.guild_id = lock_report.guild_id and r.id = lock_report.report_id;
    if not found or report.player_id = locked_id then
      return report;
    end if;
    select p.player_id into locked_id from event_players p
    where p.guild_id = report.guild_id and p.event_id = report.event_id
      and p.player_id = report.player_id
    for update;
  end loop;
end
$$;
